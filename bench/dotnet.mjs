// SPDX-License-Identifier: MIT
// @ts-check
// What a Windows engineer would write instead: the same calls from .NET, by COM interop, in a process
// of its own, beside the raw client and so in the same measure as this package.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measurePairs } from './pairs.mjs';
import { RawClient } from './raw/client.mjs';
import { withJobs } from './service.mjs';

const pairs = 100;
const calls = 50;
const bits = '{4991D34B-80A1-4291-83B6-3328366B9097}';

const program = fileURLToPath(new URL('../build/dotnet/client.exe', import.meta.url));

/** @returns {Promise<import('./result.mjs').Result[]>} none where there is no .NET client */
export async function measureDotnet() {
  if (!existsSync(program)) {
    console.log('.NET is not measured: its client is not built, which takes the .NET SDK.');
    return [];
  }
  return await withJobs(1, ([job]) => {
    if (job === undefined) throw new Error('no job');
    return RawClient.with(job.id, (raw) =>
      RawClient.of([program, bits, 'bench', job.id], async (dotnet) => {
        const beside = (/** @type {'state' | 'await'} */ command) =>
          measurePairs(
            'µs/call',
            pairs,
            () => raw.batch('state', calls),
            () => dotnet.batch(command, calls),
          );
        return [
          { name: ".NET's call", beside: 'raw C++', measured: await beside('state') },
          { name: ".NET's call, awaited", beside: 'raw C++', measured: await beside('await') },
        ];
      }),
    );
  });
}
