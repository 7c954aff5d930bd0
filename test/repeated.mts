// SPDX-License-Identifier: MIT
// Tests of `npm test` that `npm run test:endurance` runs as well, with more repetitions: see howOften().

/** Those that need no service. They run in the Windows Node and on Linux. */
export const repeated = ['test/unit/transfer/{download-hostile,http/{taken-up,stopped}}.test.ts'];

/** Those that need the stand-in, by the project of `test:endurance`. */
export const repeatedOnStandIn = {
  deaths: ['test/dosvc/{killed-clients,transfer/killed}.test.ts'],
  loads: ['test/dosvc/{workers,many}.test.ts', 'test/transfer/on-stand-in.test.ts'],
};
