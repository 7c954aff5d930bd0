// SPDX-License-Identifier: MIT
// `dosvc` of this clone's build, in a process of its own or in a worker.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';

export const program = join(import.meta.dirname, '../../dist/cli.js');

export interface Ending {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** More than it needs. One that hangs is killed. */
const patience = 60_000;

export interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Where stdout goes: a pipe unless this is an open file. */
  stdout?: number;
  /** A module that is loaded before it. */
  preload?: string;
}

export function start(args: readonly string[], { cwd, env, stdout = -1, preload }: Options = {}) {
  const before = preload === undefined ? [] : ['--require', preload];
  const child = spawn(process.execPath, [...before, program, ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', stdout < 0 ? 'pipe' : stdout, 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  return { child, ended: endingOf(child) };
}

/** Runs it to its end. */
export function dosvc(args: readonly string[], options?: Options): Promise<Ending> {
  return start(args, options).ended;
}

/** Runs it to its end in a worker: half the work, for what depends on the arguments alone. */
export async function inWorker(argv: readonly string[]): Promise<Ending> {
  const worker = new Worker(program, { argv: [...argv], stdout: true, stderr: true });
  const output = outputOf(worker);
  const ends = [once(worker, 'exit'), once(worker.stdout, 'end'), once(worker.stderr, 'end')];
  const [[status]] = (await Promise.all(ends)) as [[number]];
  return { status, ...output };
}

function endingOf(child: ChildProcess): Promise<Ending> {
  const output = outputOf(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, ...output });
    });
  });
}

function outputOf(from: Record<'stdout' | 'stderr', Readable | null>) {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    from[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return output;
}
