// SPDX-License-Identifier: MIT
// Runs one command of the .NET client, in a process of its own.

import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../build/dotnet/client.exe');

/** What the client reports about a job. */
export interface SeenJob {
  id: string;
  name: string;
  /** Null if the service does not have it; likewise below. */
  description: string | null;
  type: string;
  priority: string | null;
  state: string;
  /** In decimal; all bits are set if it is unknown. */
  bytesTotal: string;
  bytesTransferred: number;
  filesTotal: number;
  filesTransferred: number;
  files: { remote: string; local: string }[];
  /** Also null for a job without an error. */
  error: { context: string; code: number } | null;
}

export interface Transferred {
  /** The callback that came first. */
  told: string;
  seen: SeenJob;
  /** What Complete returned. */
  code: number | null;
}

export interface SeenDownload {
  id: string;
  uri: string;
  path: string;
  name: string;
  state: string;
  /** 0 if it is unknown. */
  bytesTotal: number;
  bytesTransferred: number;
  /** 0 if there is none. */
  error: number;
}

export interface Downloaded {
  /** The download as it ended. */
  found: SeenDownload;
  /** The state after Finalize, which the client does not call for a failed download. */
  after: string;
  /** The states that its callback received. */
  told: string[];
}

/** The result of each command. */
interface Commands {
  create: SeenJob;
  read: SeenJob;
  list: string[];
  transfer: Transferred;
  cancel: boolean;
  download: Downloaded;
  find: SeenDownload[];
}

/**
 * @param clsid the service's class
 * @returns the command's result; rejects with its error output if it failed
 */
export function tell<Name extends keyof Commands>(
  clsid: string,
  command: Name,
  ...args: string[]
): Promise<Commands[Name]> {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-dotnet-'));
  // Under Wine, a pipe would work for the client and not for Node; a file works for both.
  const [out, err] = [join(folder, 'stdout'), join(folder, 'stderr')];
  const fds = [openSync(out, 'w'), openSync(err, 'w')] as const;
  const child = spawn(program, [clsid, command, ...args], {
    stdio: ['ignore', ...fds],
    timeout: 100_000,
    killSignal: 'SIGKILL',
  });
  for (const fd of fds) closeSync(fd);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => {
      const [said, failure] = [readFileSync(out, 'utf8'), readFileSync(err, 'utf8')];
      rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 50 });
      if (status === 0) resolve(JSON.parse(said) as Commands[Name]);
      else reject(new Error(`The client ended with ${String(status)}: ${failure}`));
    });
  });
}
