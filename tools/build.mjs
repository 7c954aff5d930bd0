// SPDX-License-Identifier: MIT
// @ts-check
// npm run build [-- all]: builds what is stale. Without `all`, what the package needs: the library
// and the addon for this machine's Windows; and under Wine the service.

import { pathToFileURL } from 'node:url';
import { library } from './build/library.mjs';
import { companion, onFake, withMingw, withMsvc } from './build/native.mjs';
import { installedStandIn, standIn } from './build/stand-in.mjs';
import { onWindows } from './clone.mjs';
import { main } from './command.mjs';
import { setUp } from './setup.mjs';
import { alone } from './setup/lock.mjs';
import { carryOut, isDone } from './setup/step.mjs';

// Windows has the service; Wine is given one.
const product = onWindows
  ? [library, withMsvc(process.arch)]
  : [library, withMingw('x64'), standIn, installedStandIn];
const companions = [
  companion('the recorder of the tests', 'test/recorder', 'recorder'),
  companion("the benchmark's raw client", 'bench/raw', 'bench'),
];
const onLinux = [
  withMingw('ia32'),
  onFake('linux', ''),
  onFake('linux-asan', 'address,undefined'),
  onFake('linux-tsan', 'thread'),
];
const rest = onWindows ? [...companions, standIn] : [...companions, ...onLinux];

/**
 * With the lock held. Quiet where nothing is stale.
 * @param {{ all?: boolean }} [options] `all`: what the tests and the benchmark need, too
 */
export function build({ all = false } = {}) {
  for (const target of [...product, ...(all ? rest : [])]) {
    if (!isDone(target)) carryOut(target);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setUp();
    await alone(() => build({ all: process.argv.includes('all') }));
    console.log('The build is up to date.');
  });
}
