// SPDX-License-Identifier: MIT
// @ts-check
// A fresh environment that loads one package and tells how long that took. It is copied into the
// program's folder, because packages are looked up from there.

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
  // Node makes itself ready for packages with the first one, whichever it is.
  await load('warm-up');
  parentPort?.postMessage(await load(specifier));
})();
