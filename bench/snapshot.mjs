// SPDX-License-Identifier: MIT
// @ts-check
// Measures reading everything about a job in one hop, against the same calls in C++: ten on the job and
// three on each of its files. If the service answers some of them with an error, both sides pay alike.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from './batch.mjs';
import { measurePairs } from './pairs.mjs';
import { RawClient } from './raw/client.mjs';
import { withJobs } from './service.mjs';

const pairs = 50;
const snapshots = 10;
const files = 4;

/** @returns {Promise<import('./result.mjs').Result[]>} */
export function measureSnapshot() {
  return withJobs(1, async ([job]) => {
    if (job === undefined) throw new Error('no job');
    for (let i = 0; i < files; ++i) {
      const name = `dosvc-benchmark-${String(i)}`;
      await job.addFile(`http://127.0.0.1/${name}`, join(tmpdir(), name));
    }
    return RawClient.with(job.id, async (client) => [
      {
        name: `await job.snapshot(), ${String(files)} files`,
        beside: 'raw C++',
        measured: await measurePairs(
          'µs',
          pairs,
          () => client.batch('snapshot', snapshots),
          () =>
            timed(snapshots, async () => {
              for (let i = 0; i < snapshots; ++i) await job.snapshot();
            }),
        ),
      },
    ]);
  });
}
