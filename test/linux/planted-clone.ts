// SPDX-License-Identifier: MIT
//
// A clone that has this one's tools and packages, and otherwise only the files that a test plants in
// it, to see what a check finds there.

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export class PlantedClone {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dosvc-planted-'));

  constructor() {
    cpSync(join(root, 'tools'), join(this.#folder, 'tools'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.#folder, 'node_modules'));
    // From these, the tools know that the packages are installed.
    for (const name of ['package-lock.json', '.npmrc']) {
      copyFileSync(join(root, name), join(this.#folder, name));
    }
  }

  /** Runs a check of tools/check/ with only these files planted. */
  check(
    tool: string,
    files: Record<string, string>,
    args: string[] = [],
  ): { status: number | null; said: string } {
    for (const folder of ['lib', 'native', 'test']) this.#remove(folder);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
      writeFileSync(join(this.#folder, path), text);
    }
    const program = join(this.#folder, 'tools/check', tool);
    const command = [program, ...args];
    // It has the machine's own Wine alone.
    const env = { ...process.env };
    delete env.DOSVC_WINE;
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      encoding: 'utf8',
      env,
    });
    return { status, said: (stdout + stderr).trim() };
  }

  /** The contents of the files in a folder, which may not exist. */
  contents(folder: string): string[] {
    const path = join(this.#folder, folder);
    const names = existsSync(path) ? readdirSync(path) : [];
    return names.map((name) => readFileSync(join(path, name), 'utf8'));
  }

  remove(): void {
    this.#remove('.');
  }

  #remove(path: string): void {
    rmSync(join(this.#folder, path), { recursive: true, force: true });
  }
}
