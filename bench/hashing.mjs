// SPDX-License-Identifier: MIT
// @ts-check
// node bench/hashing.mjs [--check] [--json]: measures hashing against sha512sum, on the host, which has
// it. download() hashes a file that is already there, and fetches nothing.

import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { download } from 'dosvc';
import { timed } from './batch.mjs';
import { measurePairs } from './pairs.mjs';
import { faultsOf, table } from './result.mjs';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, json: { type: 'boolean' } },
});
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

/** @returns {Promise<import('./result.mjs').Result>} */
async function measureHashing() {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-benchmark-'));
  try {
    const file = join(folder, 'file.bin');
    writeFileSync(file, randomBytes(bytes));
    const hash = { sha512: hashed(file) };
    const ours = async () => {
      const { route } = await download('http://127.0.0.1/not-fetched', file, { hash });
      if (route !== 'none') throw new Error('The file was fetched');
    };
    return {
      name: 'hash of a file of 200 MB',
      beside: 'sha512sum',
      measured: await measurePairs(
        'ms',
        pairs,
        once(() => program('sha512sum', [file])),
        once(ours),
      ),
      atMost: 1.1,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  execFileSync('sha512sum', ['--version'], { stdio: 'ignore' });
} catch {
  console.log('Hashing is not measured: there is no sha512sum.');
  process.exit();
}

const result = await measureHashing();
console.log(`Node ${process.version} on ${process.platform}`);
console.log(table([result]));
if (options.json) console.log(JSON.stringify(result));
const faults = faultsOf(result);
for (const fault of faults) console.log(`Bound missed: ${fault}`);
if (options.check && faults.length > 0) process.exitCode = 1;
