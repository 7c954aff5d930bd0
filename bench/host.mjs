// SPDX-License-Identifier: MIT
// @ts-check
// node bench/host.mjs [--check] [--json]: measures on the host what needs no service. The options are those
// of bench.mjs.

import { parseArgs } from 'node:util';
import { measureHashing } from './hashing.mjs';
import { faultsOf, table } from './result.mjs';
import { measureStartUp } from './start-up.mjs';

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, json: { type: 'boolean' } },
});

const results = [...(await measureHashing()), ...(await measureStartUp())];
console.log(`Node ${process.version} on ${process.platform}`);
console.log(table(results));
if (options.json) for (const result of results) console.log(JSON.stringify(result));
const faults = results.flatMap(faultsOf);
for (const fault of faults) console.log(`Bound missed: ${fault}`);
if (options.check && faults.length > 0) process.exitCode = 1;
