// SPDX-License-Identifier: MIT
// @ts-check
// Creates a program's folder. Installed in it are the package; `one-file`, a package of one file with
// the same bytes inside `function never(){}`, so that it is read and parsed as the package is but does
// nothing; and `warm-up`, which is empty.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const environment = fileURLToPath(new URL('environment.cjs', import.meta.url));

/**
 * @template T
 * @param {(folder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withProgram(use) {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-bench-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    cpSync(environment, join(folder, 'environment.cjs'));
    const installed = join(folder, 'node_modules', 'dosvc');
    cpSync(join(root, 'dist'), join(installed, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(installed, 'package.json'));
    install(folder, 'one-file', `function never(){${packageCode()}}`);
    install(folder, 'warm-up', '');
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A package of one file.
 * @param {string} folder
 * @param {string} name
 * @param {string} code
 */
function install(folder, name, code) {
  const place = join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ exports: './index.js' }));
  writeFileSync(join(place, 'index.js'), code);
}

// The command line's files are not loaded with the package.
function packageCode() {
  return readFileSync(join(root, 'dist', 'index.js'), 'utf8');
}
