// SPDX-License-Identifier: MIT
// @ts-check
// Measures what importing the package costs in environments that have never loaded it: workers, each
// with its own module cache, heap and compiled code.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { measurePairs } from '../pairs.mjs';
import { withProgram } from './program.mjs';

const pairs = 50;
const natives = fileURLToPath(new URL('natives.cjs', import.meta.url));

/**
 * @param {string} folder
 * @param {'import' | 'require'} how
 * @param {string} specifier
 * @returns {import('../pairs.mjs').Side}
 */
function load(folder, how, specifier) {
  return async () => {
    const workerData = { how, specifier };
    const environment = new Worker(join(folder, 'environment.cjs'), { workerData });
    // Its last message and its exit may arrive in the same turn of the event loop.
    const [[elapsed]] = await Promise.all([
      once(environment, 'message'),
      once(environment, 'exit'),
    ]);
    return { elapsed };
  };
}

/** @returns {Promise<import('../result.mjs').Result[]>} */
export function measureImport() {
  return withProgram(async (folder) => {
    const side = load.bind(null, folder);
    return [
      {
        name: "require('dosvc')",
        beside: "require('one-file')",
        measured: await measurePairs(
          'ms',
          pairs,
          side('require', 'one-file'),
          side('require', 'dosvc'),
        ),
        atMost: 1.5,
      },
      {
        name: "import('dosvc')",
        beside: "import('one-file')",
        measured: await measurePairs(
          'ms',
          pairs,
          side('import', 'one-file'),
          side('import', 'dosvc'),
        ),
        atMost: 1.5,
      },
    ];
  });
}

/** The DLLs and threads that importing adds to the process. */
export async function nativesOfImport() {
  const { stdout } = await promisify(execFile)(process.execPath, [natives]);
  return /** @type {string[]} */ (JSON.parse(stdout));
}
