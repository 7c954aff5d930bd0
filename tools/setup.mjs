// SPDX-License-Identifier: MIT
// @ts-check
// The contributor's machine: installs what is missing, and nothing else. Says what it does on
// stderr, and nothing when there is nothing to do.

import { pathToFileURL } from 'node:url';
import { onWindows } from './clone.mjs';
import { installed, main, ToolError } from './command.mjs';
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
import { carryOut, isDone } from './setup/step.mjs';
import { linkTree, windowsPackages } from './setup/tree.mjs';
import { windowsSdkPackages } from './setup/windows-sdk.mjs';

const steps = onWindows
  ? [packages]
  : [packages, windowsNode, orphanedLocks, winePrefixes, windowsPackages];

function isSetUp() {
  return (onWindows || missingDebianPackages().length === 0) && steps.every(isDone);
}

export async function setUp() {
  if (!isSetUp()) {
    await alone(() => {
      if (!onWindows) installDebianPackages();
      for (const step of steps) if (!isDone(step)) carryOut(step);
    });
  }
  if (!onWindows) linkTree();
}

/** The npm packages of the host alone: enough for the static checks. */
export async function setUpPackages() {
  if (isDone(packages)) return;
  await alone(() => {
    if (!isDone(packages)) carryOut(packages);
  });
}

/** The Windows SDK, and the compiler that speaks MSVC's dialect: for `npm run check:sdk` alone. */
export async function setUpWindowsSdk() {
  await setUpPackages();
  if (onWindows) {
    if (installed('clang++.exe')) return;
    throw new ToolError("There is no clang++ on the PATH: Visual Studio's LLVM tools have it.");
  }
  if (isDone(windowsSdkPackages) && hasClang()) return;
  if (!isDone(windowsSdkPackages)) requireDotnet('The Windows SDK');
  await alone(() => {
    installClang();
    if (!isDone(windowsSdkPackages)) carryOut(windowsSdkPackages);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setUp();
    console.log('The machine is set up.');
  });
}
