// SPDX-License-Identifier: MIT
// @ts-check
// .NET's SDK, which brings the packages of NuGet. It is nothing that a distribution has, so it is
// asked for and not installed.

import { installed, run, ToolError } from '../command.mjs';
import { onWindows } from '../clone.mjs';

export function hasDotnet() {
  return installed(onWindows ? 'dotnet.exe' : 'dotnet');
}

/** @param {string} what that needs it */
export function requireDotnet(what) {
  if (hasDotnet()) return;
  throw new ToolError(`${what} needs the .NET 10 SDK: there is no dotnet on the PATH.`);
}

/** @param {string[]} args */
export function dotnet(args) {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  // Its servers would outlive the command.
  run('dotnet', args, { env: { ...env, MSBUILDDISABLENODEREUSE: '1' } });
}
