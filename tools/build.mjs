// SPDX-License-Identifier: MIT
// @ts-check
// npm run build [-- tests | rest | all]: builds what is stale. What the package needs, always: the
// library and the addon for this machine's Windows; and under Wine the service. `tests` is what the
// tests in the Windows Node need besides, `rest` what else there is.

import { pathToFileURL } from 'node:url';
import { library } from './build/library.mjs';
import { companion, onFake, withMingw, withMsvc } from './build/native.mjs';
import { installedStandIn, standIn } from './build/stand-in.mjs';
import { onWindows, testPrefixes } from './clone.mjs';
import { main, ToolError } from './command.mjs';
import { setUp } from './setup.mjs';
import { alone } from './setup/lock.mjs';
import { carryOut, isDone } from './setup/step.mjs';

// Windows has the service; Wine is given one.
const product = onWindows
  ? [library, withMsvc(process.arch)]
  : [library, withMingw('x64'), standIn, installedStandIn()];
const recorder = companion('the recorder of the tests', 'test/recorder', 'recorder');
const benchmark = companion("the benchmark's raw client", 'bench/raw', 'bench');
const onLinux = [
  withMingw('ia32'),
  onFake('linux', ''),
  onFake('linux-asan', 'address,undefined'),
  onFake('linux-tsan', 'thread'),
];
const tests = onWindows
  ? [recorder, standIn]
  : [recorder, ...testPrefixes.map((name) => installedStandIn(name))];
const rest = onWindows ? [benchmark] : [benchmark, ...onLinux];

/** @typedef {'tests' | 'rest' | 'all'} More */
const more = { tests, rest, all: [...tests, ...rest] };

/**
 * With the lock held. Quiet where nothing is stale.
 * @param {More} [what] besides what the package needs
 */
export function build(what) {
  for (const target of [...product, ...(what ? more[what] : [])]) {
    if (!isDone(target)) carryOut(target);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setUp();
    const what = process.argv[2];
    if (what !== undefined && !Object.hasOwn(more, what)) throw new ToolError(`No build: ${what}`);
    await alone(() => build(/** @type {More | undefined} */ (what)));
    console.log('The build is up to date.');
  });
}
