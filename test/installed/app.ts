// SPDX-License-Identifier: MIT
// A user's folder in which the package is installed, and programs that use it.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program in a Node process of its own. */
export type Run = (
  file: string,
  args: string[],
  options: { cwd: string; node?: string; env?: NodeJS.ProcessEnv },
) => Promise<Ended>;

export class App {
  readonly folder = mkdtempSync(join(tmpdir(), 'dosvc-app-'));
  /** The binary in the package. */
  readonly binary = this.path(
    'node_modules',
    'dosvc',
    'prebuilds',
    `win32-${process.arch}`,
    'dosvc.node',
  );
  readonly #run: Run;

  /** @param from A folder in which the package is installed. */
  constructor(from: string, run: Run) {
    this.#run = run;
    cpSync(from, this.folder, { recursive: true });
    cpSync(join(import.meta.dirname, 'programs'), this.folder, { recursive: true });
    cpSync(join(import.meta.dirname, '../smoke'), this.path('smoke'), { recursive: true });
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Runs a program of the folder, or one with an absolute path, in the folder. */
  run(
    program: string,
    args: string[] = [],
    node = process.execPath,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    return this.#run(resolve(this.folder, program), args, { cwd: this.folder, node, env });
  }

  /** Removes the installed package, which a bundle would find otherwise. */
  uninstall(): void {
    rmSync(this.path('node_modules'), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  }
}
