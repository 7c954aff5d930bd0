// SPDX-License-Identifier: MIT
// @ts-check
// npm run setup: installs what a contributor's machine lacks, and nothing else. It names each step on
// stderr, and writes nothing there if there is nothing to do.

import { pathToFileURL } from 'node:url';
import { onWindows } from './clone.mjs';
import { allOf, installed, main, ToolError } from './command.mjs';
import {
  hasClang,
  installClang,
  installDebianPackages,
  missingDebianPackages,
} from './setup/debian.mjs';
import { requireDotnet } from './setup/dotnet.mjs';
import { alone } from './setup/lock.mjs';
import { orphanedLocks } from './setup/orphaned-locks.mjs';
import { packages } from './setup/packages.mjs';
import { stopPrograms, winePrefixes } from './setup/prefix.mjs';
import { nodeSteps } from './setup/runtimes.mjs';
import { carryOutAll, carryOutAlone, isDone } from './setup/step.mjs';
import { linkTree, windowsPackages } from './setup/tree.mjs';
import { windowsSdkPackages } from './setup/windows-sdk.mjs';
import { wineSteps } from './win/which-wine.mjs';

/** @param {string[]} nodes */
function fromNpm(nodes) {
  return onWindows ? [] : [...nodeSteps(nodes), windowsPackages];
}

function onDebian() {
  return onWindows ? [] : [...wineSteps(), orphanedLocks, winePrefixes()];
}

function hasDebianPackages() {
  return onWindows || missingDebianPackages().length === 0;
}

/** @param {string[]} nodes */
function isSetUp(nodes) {
  return hasDebianPackages() && [packages, ...onDebian(), ...fromNpm(nodes)].every(isDone);
}

/** @param {string[]} [nodes] the Windows builds of Node that are needed, besides 20, 22 and DOSVC_NODE */
export async function setUp(nodes = []) {
  if (!isSetUp(nodes)) {
    await alone(async () => {
      const npm = async () => {
        await setUpPackages();
        await carryOutAll(fromNpm(nodes));
      };
      const debian = async () => {
        if (!hasDebianPackages()) await installDebianPackages();
        // They would go on in the Wine that is replaced.
        if (!wineSteps().every(isDone)) stopPrograms();
        await carryOutAll(onDebian());
      };
      // Both mostly wait: for the network, and for Wine.
      await allOf([npm(), debian()]);
    });
  }
  if (!onWindows) linkTree();
}

/** Installs only the host's npm packages: enough for the static checks. */
export async function setUpPackages() {
  await carryOutAlone([packages], 'packages-lock');
}

/** Installs what compiles, and nothing that runs what was compiled. */
export async function setUpCompilers() {
  await setUpPackages();
  if (!hasDebianPackages()) await alone(() => installDebianPackages());
}

/**
 * Provides the Windows SDK and the compiler for MSVC's dialect, which only `npm run check:sdk` needs.
 */
export async function setUpWindowsSdk() {
  await setUpPackages();
  if (onWindows) {
    if (installed('clang++.exe')) return;
    throw new ToolError("clang++ is not on the PATH. Visual Studio's LLVM tools include it.");
  }
  if (!isDone(windowsSdkPackages)) {
    requireDotnet('The Windows SDK');
    await carryOutAlone([windowsSdkPackages], 'sdk-lock');
  }
  if (!hasClang()) await alone(() => installClang());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setUp();
    console.log('The machine is set up.');
  });
}
