// SPDX-License-Identifier: MIT
// @ts-check
// Installs the package as a user gets it: packed, and installed with scripts disabled in an empty
// folder outside the clone, so that no file of the clone can hide one that the package lacks.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../command.mjs';

/** @param {string} folder */
function install(folder) {
  const packed = run('npm', [
    ...['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
  ]);
  const [{ filename }] = JSON.parse(packed);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run(
    'npm',
    ['install', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', `./${filename}`],
    { cwd: folder },
  );
}

/**
 * Runs the body with such a folder, and then removes the folder.
 * @template T
 * @param {(folder: string) => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withInstalledPackage(body) {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-app-'));
  try {
    install(folder);
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
