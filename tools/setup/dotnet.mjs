// SPDX-License-Identifier: MIT
// @ts-check
// The .NET SDK, which downloads NuGet packages. The distribution does not package it, so the tools
// require it but do not install it.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
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

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [more] added to this process's own environment
 */
export function dotnet(args, more) {
  const env = { ...process.env, ...more, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  // Without this, its build servers would outlive the command.
  run('dotnet', args, { env: { ...env, MSBUILDDISABLENODEREUSE: '1' } });
}

/**
 * Downloads the NuGet packages of a project.
 * @param {string} project
 * @param {string} folder
 * @returns {string} the folder with the packages
 */
export function restorePackages(project, folder) {
  const packages = join(folder, 'packages');
  const intermediate = join(folder, 'obj');
  const cache = join(folder, 'cache');
  const args = [
    ...['restore', project, `-p:RestorePackagesPath=${packages}`],
    `-p:BaseIntermediateOutputPath=${intermediate}/`,
    `-p:MSBuildProjectExtensionsPath=${intermediate}/`,
  ];
  try {
    // NuGet would keep what it downloads in the user's folder, too.
    dotnet(args, { NUGET_HTTP_CACHE_PATH: cache });
  } catch (error) {
    if (!String(error).includes('NU1301')) throw error;
    throw new NotHere('the source of NuGet packages cannot be reached');
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
  return packages;
}
