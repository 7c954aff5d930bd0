// SPDX-License-Identifier: MIT
// Runs a program in a Node process of its own, and reports how it ended. The programs of this folder
// are those that several suites run; a suite's own lie in the suite.

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepNumber } from '../system/process-number.js';
import { ProcessTree } from '../system/process-tree.js';
import { underWine } from '../system/under-wine.js';
import { Output } from './output.js';

export interface Options {
  /** The host; by default, this process's own. */
  node?: string;
  /** Node's own options. */
  flags?: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv | undefined;
  /** Whether it has a console that is not this process's, in which a test can press Ctrl+C. */
  ownConsole?: boolean;
  /** Milliseconds: more than it needs. A child that hangs is killed, and its Ending shows that. */
  patience?: number;
}

export interface Ending {
  /** Null if a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Child {
  process: ChildProcess;
  /** Resolves when stdout contains the text, with all of stdout. */
  said: (text: string) => Promise<string>;
  ended: Promise<Ending>;
}

const usualPatience = 60_000;

const sockets = resolvePath(import.meta.dirname, '../../tools/win/sockets.cjs');
const forWine = underWine ? `--require ${JSON.stringify(sockets)}` : '';

/** @param file the name of a program of this folder, or an absolute path */
export function start(file: string, args: string[] = [], options: Options = {}): Child {
  const { node = process.execPath, flags = [], cwd, env, patience = usualPatience } = options;
  const { ownConsole = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-child-'));
  // Under Wine, Node cannot open a pipe as its stdout, but it can open a file.
  const [out, err] = [join(folder, 'stdout'), join(folder, 'stderr')];
  const fds = [openSync(out, 'w'), openSync(err, 'w')] as const;
  const [stdout, stderr] = [new Output(out), new Output(err)];
  const program = (name: string) => resolvePath(import.meta.dirname, 'programs', name);
  const words = [...flags, program(file), ...args];
  const child = spawn(node, ownConsole ? [program('in-console.mjs'), out, err, ...words] : words, {
    cwd,
    // Vitest's own NODE_OPTIONS are not for a child.
    env: { ...process.env, NODE_OPTIONS: forWine, ...env },
    stdio: ownConsole ? 'ignore' : ['ignore', ...fds],
    windowsHide: ownConsole,
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  keepNumber(child);
  if (ownConsole) endWith(child);
  for (const fd of fds) closeSync(fd);
  const ended = new Promise<Ending>((resolve, reject) => {
    const close = () => {
      for (const output of [stdout, stderr]) output.close();
    };
    child.on('error', (error) => {
      close();
      reject(error);
    });
    child.on('exit', (status, signal) => {
      close();
      resolve({ status, signal, stdout: stdout.text, stderr: stderr.text });
      try {
        rmSync(folder, { recursive: true, maxRetries: 3, retryDelay: 50 });
      } catch {
        // A child that creates a window starts Wine's desktop, which keeps the child's stderr open.
      }
    });
  });
  const said = async (text: string) => {
    for (;;) {
      const over = child.exitCode !== null || child.signalCode !== null;
      const now = stdout.text;
      if (now.includes(text)) return now;
      if (over) {
        const { stderr } = await ended;
        throw new Error(`It ended without saying '${text}': ${stderr}`);
      }
      await sleep(10);
    }
  };
  return { process: child, said, ended };
}

/** Whatever it has started ends with it. */
function endWith(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const tree = new ProcessTree(child.pid);
  child.on('exit', () => {
    tree.end();
  });
}

/** Runs a program to its end. */
export function run(file: string, args?: string[], options?: Options): Promise<Ending> {
  return start(file, args, options).ended;
}
