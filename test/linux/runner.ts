// SPDX-License-Identifier: MIT
// Runs scripts with `npm run win`, for a test file: their output, and how they ended.

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll } from 'vitest';

export const clone = join(import.meta.dirname, '../..');
export const runner = join(clone, 'tools/win.mjs');
/** Where the scripts lie: outside the clone, under a name with a space. */
export const folder = mkdtempSync(join(tmpdir(), 'dosvc runner '));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves when stdout contains the text. */
  said: (text: string) => Promise<void>;
  ended: Promise<{ status: number | null; stdout: Buffer; stderr: string }>;
}

function start(file: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  return follow(spawnRunner(process.execPath, [runner, file, ...args], env));
}

export function spawnRunner(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(command, args, {
    cwd: folder,
    detached: true,
    env: { ...process.env, ...env, npm_lifecycle_event: '', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function follow(child: Run['child']): Run {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => err.push(data));
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.on('close', (status) => {
      resolve({ status, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() });
    });
  });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (Buffer.concat(out).includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.on('close', () => {
        reject(new Error(`ended without saying ${text}: ${Buffer.concat(err).toString()}`));
      });
      look();
    });
  return { child, said, ended };
}

/** Writes a script outside the clone and runs it. */
export function startScript(
  name: string,
  source: string,
  args?: string[],
  env?: NodeJS.ProcessEnv,
) {
  writeFileSync(join(folder, name), source);
  return start(name, args, env);
}

export async function run(name: string, source: string, args?: string[], env?: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = await startScript(name, source, args, env).ended;
  return { status, stdout: stdout.toString(), stderr };
}
