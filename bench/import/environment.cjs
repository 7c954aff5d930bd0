// SPDX-License-Identifier: MIT
// @ts-check
// Loads one package in a fresh environment and reports how long that took. This file is copied into
// the program's folder, because Node looks packages up from there.

const { parentPort, workerData } = require('node:worker_threads');

/** @type {{ how: 'import' | 'require', specifier: string }} */
const { how, specifier } = workerData;

/** @param {string} name */
async function load(name) {
  const start = process.hrtime.bigint();
  if (how === 'import') await import(name);
  else require(name);
  return Number(process.hrtime.bigint() - start);
}

void (async () => {
  // Node does one-time work for the first package that it loads, whichever that is.
  await load('warm-up');
  parentPort?.postMessage(await load(specifier));
})();
