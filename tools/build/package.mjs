// SPDX-License-Identifier: MIT
// @ts-check
// The package as a user gets it: packed, and installed with scripts disabled in an empty folder
// outside the clone, where nothing of the clone can stand in for a file that is missing.

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
 * Runs the body with such a folder, which is gone afterwards.
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
