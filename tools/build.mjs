// SPDX-License-Identifier: MIT
// @ts-check
// npm run build [-- WHAT]: builds what is stale of what the package needs: the library, the addon for
// this machine's Windows and, under Wine, the stand-in service. `tests` adds what the tests in the
// Windows Node need, `rest` what those on the host need, `all` both; `ia32` adds what the tests for 32
// bits need. `library`, `binaries` (the library and the addons) and `sanitizers` build only these.

import { pathToFileURL } from 'node:url';
import { library } from './build/library.mjs';
import { companion, onFake, withMingw, withMsvc } from './build/native.mjs';
import {
  installedStandIn,
  registeredProxies32,
  standIn,
  standInProxies32,
} from './build/stand-in.mjs';
import { onWindows, testPrefixes, chosenWine } from './clone.mjs';
import { main, ToolError } from './command.mjs';
import { setUp } from './setup.mjs';
import { carryOutAlone } from './setup/step.mjs';

/** @typedef {'product' | 'tests' | 'rest' | 'all' | 'ia32' | 'library' | 'binaries' | 'sanitizers'} What */

/** What there is to build. @returns {Record<What, import('./setup/step.mjs').Step[]>} */
function targets() {
  const arm64 = onWindows ? process.arch === 'arm64' : chosenWine() === 'arm64';
  const addon = onWindows ? withMsvc(process.arch) : withMingw(arm64 ? 'arm64' : 'x64');
  // Windows has the service; under Wine the stand-in takes its place, except on ARM64.
  const for32 = process.env.DOSVC_NODE === 'ia32';
  const product = [
    ...[library, addon, ...(onWindows || arm64 ? [] : [standIn, installedStandIn()])],
    ...(for32 ? [withMingw('ia32'), standInProxies32, registeredProxies32()] : []),
  ];
  const recorder = arm64
    ? companion('the test recorder', 'test/recorder', 'recorder-arm64', 'arm64')
    : companion('the test recorder', 'test/recorder', 'recorder');
  const benchmark = companion("the benchmark's raw client", 'bench/raw', 'bench');
  const fake = onFake('linux', '');
  const prefixes = testPrefixes.map((name) => installedStandIn(name));
  const tests = onWindows ? [recorder, standIn] : [recorder, ...(arm64 ? [] : prefixes)];
  const rest = onWindows ? [benchmark] : [benchmark, withMingw('ia32'), fake];
  const ia32 = [
    withMingw('ia32'),
    companion('the test recorder for 32 bits', 'test/recorder', 'recorder-ia32', 'ia32'),
    standInProxies32,
    ...[undefined, ...testPrefixes].map((name) => registeredProxies32(name)),
  ];
  return {
    product,
    tests: [...product, ...tests],
    rest: [...product, ...rest],
    all: [...product, ...tests, ...rest],
    ia32: [...product, ...tests, ...ia32],
    library: [library],
    // The plain one, too: it shows that a fault was found by the sanitizer.
    sanitizers: [fake, onFake('linux-asan', 'address,undefined'), onFake('linux-tsan', 'thread')],
    binaries: [library, addon, ...(onWindows ? [] : [withMingw('ia32')])],
  };
}

/**
 * Prints nothing, and takes no lock, if nothing is stale.
 * @param {What} [what]
 */
export async function build(what = 'product') {
  await carryOutAlone(targets()[what]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setUp();
    const what = process.argv[2] ?? 'product';
    if (!Object.hasOwn(targets(), what)) throw new ToolError(`Unknown build: ${what}`);
    await build(/** @type {What} */ (what));
    console.log('The build is up to date.');
  });
}
