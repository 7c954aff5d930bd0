// SPDX-License-Identifier: MIT
// @ts-check
// Measures what a Windows engineer would write instead: the same calls from .NET, through COM interop,
// in a separate process. The baseline is the raw client, as it is for this package.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measurePairs } from './pairs.mjs';
import { RawClient } from './raw/client.mjs';
import { withJobs } from './service.mjs';

const pairs = 100;
const calls = 50;
const bits = '{4991D34B-80A1-4291-83B6-3328366B9097}';

const program = fileURLToPath(new URL('../build/dotnet/client.exe', import.meta.url));

/** @returns {Promise<import('./result.mjs').Result[]>} none if there is no .NET client */
export async function measureDotnet() {
  if (!existsSync(program)) {
    console.log('.NET is not measured: its client is not built. Building it needs the .NET SDK.');
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
