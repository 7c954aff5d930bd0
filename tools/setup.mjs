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
import { windowsNode } from './setup/node-win.mjs';
import { orphanedLocks } from './setup/orphaned-locks.mjs';
import { packages } from './setup/packages.mjs';
import { winePrefixes } from './setup/prefix.mjs';
import { carryOutAll, carryOutAlone, isDone } from './setup/step.mjs';
import { linkTree, windowsPackages } from './setup/tree.mjs';
import { windowsSdkPackages } from './setup/windows-sdk.mjs';

const fromNpm = onWindows ? [] : [windowsNode, windowsPackages];
const onDebian = onWindows ? [] : [orphanedLocks, winePrefixes];

function hasDebianPackages() {
  return onWindows || missingDebianPackages().length === 0;
}

function isSetUp() {
  return hasDebianPackages() && [packages, ...fromNpm, ...onDebian].every(isDone);
}

export async function setUp() {
  if (!isSetUp()) {
    await alone(async () => {
      const npm = async () => {
        await setUpPackages();
        await carryOutAll(fromNpm);
      };
      const debian = async () => {
        if (!hasDebianPackages()) await installDebianPackages();
        await carryOutAll(onDebian);
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
