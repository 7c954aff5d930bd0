// SPDX-License-Identifier: MIT
// Runs a program of this folder, or any script, in a Node process of its own, and tells how it
// ended.

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepNumber } from '../service/process-number.js';

export interface Options {
  /** The host; this process's own where it is not given. */
  node?: string;
  /** Node's own options. */
  flags?: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

export interface Ending {
  /** Null where a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Child {
  process: ChildProcess;
  /** Resolves when stdout has the text, with all that stands there. */
  said: (text: string) => Promise<string>;
  ended: Promise<Ending>;
}

// More than any of them needs. A process that hangs is killed, and its ending says so.
const patience = 60_000;

/** @param file below `programs`, or absolute */
export function start(file: string, args: string[] = [], options: Options = {}): Child {
  const { node = process.execPath, flags = [], cwd, env } = options;
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-child-'));
  // Under Wine, Node cannot open a pipe as its stdout; a file it can.
  const [out, err] = [join(folder, 'stdout'), join(folder, 'stderr')];
  const fds = [openSync(out, 'w'), openSync(err, 'w')] as const;
  const program = resolvePath(import.meta.dirname, 'programs', file);
  const child = spawn(node, [...flags, program, ...args], {
    cwd,
    // What Vitest sets for its own processes is nothing to a child.
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', ...fds],
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  keepNumber(child);
  for (const fd of fds) closeSync(fd);
  const read = () => ({ stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      resolve({ status, signal, ...read() });
      try {
        rmSync(folder, { recursive: true, maxRetries: 3, retryDelay: 50 });
      } catch {
        // A child that makes a window starts Wine's desktop, which keeps the child's stderr open.
      }
    });
  });
  const said = async (text: string) => {
    for (;;) {
      const over = child.exitCode !== null || child.signalCode !== null;
      const { stdout, stderr } = over ? await ended : read();
      if (stdout.includes(text)) return stdout;
      if (over) throw new Error(`It ended without saying '${text}': ${stderr}`);
      await sleep(10);
    }
  };
  return { process: child, said, ended };
}

/** Runs it to its end. */
export function run(file: string, args?: string[], options?: Options): Promise<Ending> {
  return start(file, args, options).ended;
}
