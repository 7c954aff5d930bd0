// SPDX-License-Identifier: MIT
// @ts-check
// .NET's SDK, which brings the packages of NuGet. It is nothing that a distribution has, so it is
// asked for and not installed.

import { spawnSync } from 'node:child_process';
import { run, ToolError } from '../command.mjs';

/** An older one is of no use, and a runtime without an SDK lists none. */
export function hasDotnet() {
  const { stdout } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  return /^10\./m.test(stdout ?? '');
}

/** @param {string} what that needs it */
export function requireDotnet(what) {
  if (hasDotnet()) return;
  throw new ToolError(`${what} needs the .NET 10 SDK: no dotnet on the PATH lists it.`);
}

/** @param {string[]} args */
export function dotnet(args) {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  // Its servers would outlive the command.
  run('dotnet', args, { env: { ...env, MSBUILDDISABLENODEREUSE: '1' } });
}
