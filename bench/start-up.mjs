// SPDX-License-Identifier: MIT
// @ts-check
// Measures how long the command line takes to start and to answer, against Node alone.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { timed } from './batch.mjs';
import { measurePairs } from './pairs.mjs';

const pairs = 40;
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/**
 * A process from its start to its end.
 * @param {string[]} args of Node
 * @returns {import('./pairs.mjs').Side}
 */
function node(...args) {
  const run = async () => {
    const child = spawn(process.execPath, args, { stdio: 'ignore', windowsHide: true });
    const [status] = await once(child, 'exit');
    if (status !== 0) throw new Error(`node ${args.join(' ')}: exit status ${String(status)}`);
  };
  return async () => {
    const { elapsed } = await timed(1, run);
    return { elapsed };
  };
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export async function measureStartUp() {
  return [
    {
      name: 'dosvc explain 0x80D02002',
      beside: 'node -e 0',
      measured: await measurePairs(
        'ms',
        pairs,
        node('-e', '0'),
        node(program, 'explain', '0x80D02002'),
      ),
      atMost: 1.5,
    },
  ];
}
