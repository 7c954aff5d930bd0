// SPDX-License-Identifier: MIT
// A copy of what `npm run generate` reads and writes, in a folder of its own.

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export class GeneratedCopy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dosvc-generated-'));

  constructor() {
    for (const path of ['native', 'lib', 'typings', 'docs', 'test/facts', 'README.md']) {
      cpSync(join(root, path), join(this.#folder, path), { recursive: true });
    }
  }

  /** Runs `npm run generate` on the copy. */
  generate(...args: string[]): { status: number | null; said: string } {
    const command = [join(root, 'tools/generate.mjs'), '--root', this.#folder, ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    return { status, said: stdout + stderr };
  }

  read(path: string): string {
    return readFileSync(join(this.#folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
    writeFileSync(join(this.#folder, path), text);
  }

  append(path: string, line: string): void {
    appendFileSync(join(this.#folder, path), `${line}\n`);
  }

  remove(path = '.'): void {
    rmSync(join(this.#folder, path), { recursive: true });
  }
}
