// SPDX-License-Identifier: MIT
// `dosvc` of this clone's build, in a process of its own.

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

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

function endingOf(child: ChildProcess): Promise<Ending> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, ...output });
    });
  });
}
