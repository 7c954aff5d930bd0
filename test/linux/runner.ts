// SPDX-License-Identifier: MIT
// Runs scripts with `npm run win`: their output, and how they ended.

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';

export const clone = join(import.meta.dirname, '../..');
export const runner = join(clone, 'tools/win.mjs');

interface Run {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves when stdout contains the text. */
  said: (text: string) => Promise<void>;
  ended: Promise<{ status: number | null; stdout: Buffer; stderr: string }>;
}

function follow(child: Run['child']): Run {
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

/** The scripts of a test file. */
export class Scripts {
  /** Where they lie: outside the clone, under a name with a space. */
  folder = '';

  constructor() {
    beforeAll(() => {
      this.folder = mkdtempSync(join(tmpdir(), 'dosvc runner '));
    });
    afterAll(() => {
      rmSync(this.folder, { recursive: true });
    });
  }

  /** Writes a script and starts it. */
  start(name: string, source: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Run {
    writeFileSync(join(this.folder, name), source);
    return this.startRunner(process.execPath, [runner, name, ...args], env);
  }

  /** Starts a command that runs one of the scripts. */
  startRunner(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Run {
    const child = spawn(command, args, {
      cwd: this.folder,
      detached: true,
      env: { ...process.env, ...env, npm_lifecycle_event: '', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return follow(child);
  }

  /** Writes a script and runs it to its end. */
  async run(name: string, source: string, args?: string[], env?: NodeJS.ProcessEnv) {
    const { status, stdout, stderr } = await this.start(name, source, args, env).ended;
    return { status, stdout: stdout.toString(), stderr };
  }
}
