// SPDX-License-Identifier: MIT
// @ts-check
// The .NET SDK, which downloads NuGet packages. The distribution does not package it, so the tools
// require it but do not install it.

import { spawnSync } from 'node:child_process';
import { NotHere, run } from '../command.mjs';

/** An older SDK does not suffice, and a runtime without an SDK lists none. */
export function hasDotnet() {
  const { stdout } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  return /^10\./m.test(stdout ?? '');
}

/** @param {string} what what needs it */
export function requireDotnet(what) {
  if (hasDotnet()) return;
  throw new NotHere(`${what} needs the .NET 10 SDK: no dotnet on the PATH lists it.`);
}

/** @param {string[]} args */
export function dotnet(args) {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  // Without this, its build servers would outlive the command.
  run('dotnet', args, { env: { ...env, MSBUILDDISABLENODEREUSE: '1' } });
}
