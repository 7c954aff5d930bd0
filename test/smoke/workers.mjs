// SPDX-License-Identifier: MIT
// Two workers, each with a manager of its own, at the same time.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { assertContent } from './scene.mjs';

const size = 100_000;
const names = ['one', 'two'];

/** @param {import('./scene.mjs').Scene} scene */
export function workers({ check, folder, url }) {
  return check('two workers download at the same time', async () => {
    const program = new URL('programs/worker.mjs', import.meta.url);
    const both = names.map((name) => {
      const workerData = { url: `${url}/whole/${size}/${name}`, file: join(folder, name) };
      return new Worker(program, { workerData });
    });
    const ended = Promise.all(both.map((worker) => once(worker, 'exit')));
    const connected = await Promise.all(both.map((worker) => once(worker, 'message')));
    assert.deepEqual(connected, [['connected'], ['connected']]);
    for (const worker of both) worker.postMessage('begin');
    assert.deepEqual(await ended, [[0], [0]]);
    for (const name of names) assertContent(join(folder, name), size, name);
  });
}
