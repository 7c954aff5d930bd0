// SPDX-License-Identifier: MIT
// @ts-check
// npm run bench [-- [--check] [--json]]: the benchmark. With --check, a missed bound gives exit
// status 1; with --json, each result is also printed as a line of JSON. It uses the recorder of the
// tests, which is TypeScript, so it needs Node 22.18 or later.

import { availableParallelism, release } from 'node:os';
import { parseArgs } from 'node:util';
import { measureDotnet } from './dotnet.mjs';
import { measureEvents } from './events.mjs';
import { measureImport, nativesOfImport } from './import/measure.mjs';
import { measureListing } from './listing.mjs';
import { measureLoopDelay } from './loop-delay.mjs';
import { measureOneCall } from './one-call.mjs';
import { faultsOf, table } from './result.mjs';
import { measureSequential } from './sequential.mjs';
import { measureSnapshot } from './snapshot.mjs';
import { measureStartUp } from './start-up.mjs';
import { measureThroughput } from './throughput.mjs';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, json: { type: 'boolean' } },
});

const results = [
  ...(await measureSequential()),
  ...(await measureDotnet()),
  ...(await measureThroughput()),
  ...(await measureSnapshot()),
  ...(await measureListing()),
  ...(await measureEvents()),
  ...(await measureLoopDelay()),
  ...(await measureOneCall()),
  ...(await measureImport()),
  ...(await measureStartUp()),
];
const natives = await nativesOfImport();

const machine = `Windows ${release()}, ${String(availableParallelism())} processors`;
console.log(`Node ${process.version}, ${machine}; ratios are medians of interleaved pairs`);
console.log(table(results));
console.log(`DLLs and threads that importing adds: ${natives.join(', ') || 'none'}`);
if (options.json) {
  for (const result of results) console.log(JSON.stringify(result));
  console.log(JSON.stringify({ name: 'nativesOfImport', natives }));
}

const faults = results.flatMap(faultsOf);
if (natives.length > 0) faults.push(`importing loads ${natives.join(', ')}`);
for (const fault of faults) console.log(`Bound missed: ${fault}`);
if (options.check && faults.length > 0) process.exitCode = 1;
