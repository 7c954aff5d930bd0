// SPDX-License-Identifier: MIT
// @ts-check
// Builds the stand-in for the Delivery Optimization service, and installs it in a Wine prefix under
// the service's own class. On Windows that class belongs to the system, so the tests install the
// stand-in under another one.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onWindows, prefix, root, testPrefixes } from '../clone.mjs';
import { run } from '../command.mjs';
import { inUse, runWine, windowsPath, wineEnvironment } from '../win/wine.mjs';
import { inputs } from './files.mjs';
import { companion } from './native.mjs';

/** @typedef {import('../setup/step.mjs').Step} Step */

const deliveryOptimization = '{5B99FA76-721C-423C-ADAC-56D03C8A8007}';

const output = join(root, 'build', 'test');
const program = join(output, 'dosvc-stand-in.exe');
const proxyNames = ['dosvc-control.dll', 'dosvc-lacking.dll', 'dosvc-downloads.dll'];
const proxies = proxyNames.map((name) => join(output, name));
const proxies32 = proxyNames.map((name) => join(output, 'ia32', name));

/**
 * @param {string[]} args
 * @param {string} [name] of the Wine prefix
 */
function tell(args, name) {
  if (onWindows) run(program, args);
  else runWine([program, ...args], wineEnvironment({}, name));
}

/** The prefixes in which the stand-in may be running. */
function running() {
  return onWindows ? [undefined] : ['main', ...testPrefixes].filter(inUse);
}

const source = 'test/stand-in';
const built = companion('the stand-in for Delivery Optimization', source, 'stand-in');

/** @type {Step} */
export const standIn = {
  ...built,
  files: inputs(
    ...[source, 'native', 'package.json'],
    ...['tools/build/native.mjs', 'tools/build/stand-in.mjs'],
  ).filter((file) => !/\.(ts|md)$/.test(file)),
  make: async () => {
    // A running service is the old build, and Windows does not replace the file of a running program.
    if (existsSync(program)) for (const name of running()) tell(['stop'], name);
    await built.make();
  },
};

/**
 * The stand-in, installed in a Wine prefix.
 * @param {string} [name]
 * @returns {Step}
 */
export function installedStandIn(name) {
  const folder = join(prefix(name), 'drive_c', 'dosvc-stand-in');
  return {
    what: `Installing the stand-in for Delivery Optimization${name ? ` (${name})` : ''} …`,
    folder,
    files: [program, ...proxies],
    // The registry holds the program's path, which differs in a copied clone.
    also: () => program,
    make: () => {
      mkdirSync(folder, { recursive: true });
      const registered = proxies.flatMap((path) => ['--proxies', windowsPath(path)]);
      const store = 'C:\\dosvc-stand-in\\jobs';
      tell(['install', '--class', deliveryOptimization, '--store', store, ...registered], name);
    },
  };
}

/** The proxies that clients of 32 bits load. */
const built32 = companion(
  'the proxies of the stand-in for 32 bits',
  source,
  'stand-in-ia32',
  'ia32',
);
export const standInProxies32 = {
  ...built32,
  files: inputs(
    ...[`${source}/proxies`, `${source}/CMakeLists.txt`, 'native/mingw'],
    ...['tools/build/native.mjs', 'tools/build/stand-in.mjs'],
  ),
};

/**
 * These proxies, registered in a Wine prefix.
 * @param {string} [name]
 * @returns {Step}
 */
export function registeredProxies32(name) {
  const folder = join(prefix(name), 'drive_c', 'dosvc-stand-in-ia32');
  return {
    what: `Registering the proxies of the stand-in for 32 bits${name ? ` (${name})` : ''} …`,
    folder,
    files: proxies32,
    also: () => output,
    make: () => {
      mkdirSync(folder, { recursive: true });
      for (const path of proxies32) {
        const regsvr32 = 'C:\\windows\\syswow64\\regsvr32.exe';
        runWine([regsvr32, '/s', windowsPath(path)], wineEnvironment({}, name));
      }
    },
  };
}
