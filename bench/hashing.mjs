// SPDX-License-Identifier: MIT
// @ts-check
// Measures hashing against sha512sum, on a host that has it. download() hashes a file that is already
// there, and fetches nothing.

import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { download } from 'dosvc';
import { timed } from './batch.mjs';
import { measurePairs } from './pairs.mjs';

const bytes = 200_000_000;
const pairs = 10;
const program = promisify(execFile);

/** @param {string} file */
function hashed(file) {
  return execFileSync('sha512sum', [file], { encoding: 'utf8' }).slice(0, 128);
}

/**
 * @param {() => Promise<unknown>} run
 * @returns {import('./pairs.mjs').Side}
 */
function once(run) {
  return async () => {
    const { elapsed } = await timed(1, run);
    return { elapsed };
  };
}

function isThere() {
  try {
    execFileSync('sha512sum', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('Hashing is not measured: there is no sha512sum.');
    return false;
  }
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export async function measureHashing() {
  if (!isThere()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-benchmark-'));
  try {
    const file = join(folder, 'file.bin');
    writeFileSync(file, randomBytes(bytes));
    const hash = { sha512: hashed(file) };
    const ours = async () => {
      const { route } = await download('http://127.0.0.1/not-fetched', file, { hash });
      if (route !== 'none') throw new Error('The file was fetched');
    };
    return [
      {
        name: 'hash of a file of 200 MB',
        beside: 'sha512sum',
        measured: await measurePairs(
          'ms',
          pairs,
          once(() => program('sha512sum', [file])),
          once(ours),
        ),
        atMost: 1.1,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
