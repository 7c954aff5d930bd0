// SPDX-License-Identifier: MIT
// @ts-check
// PowerShell for Windows: on Linux from its NuGet package, laid out with a .NET of its own; on Windows
// the one on the PATH.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onWindows, powerShellFolder } from '../clone.mjs';
import { run } from '../command.mjs';
import { pathForNode } from '../win/run.mjs';
import { restorePackages } from './dotnet.mjs';

const here = fileURLToPath(import.meta.url);
const project = fileURLToPath(new URL('powershell.csproj', import.meta.url));
const program = join(powerShellFolder, 'program');
const runtime = join(powerShellFolder, 'dotnet');

/** @param {string} folder with one folder in it, which is named after a version */
function onlyVersion(folder) {
  const [version = '', ...others] = readdirSync(folder);
  if (others.length > 0) throw new Error(`There are several versions in ${folder}`);
  return version;
}

/**
 * Moves a framework of .NET to where its host looks for it.
 * @param {string} packages
 * @param {string} name
 */
function layOut(packages, name) {
  const id = `${name.toLowerCase()}.runtime.win-x64`;
  const version = onlyVersion(join(packages, id));
  const files = join(packages, id, version, 'runtimes', 'win-x64');
  const shared = join(runtime, 'shared', name, version);
  mkdirSync(shared, { recursive: true });
  for (const folder of [join(files, 'lib', 'net10.0'), join(files, 'native')]) {
    for (const file of readdirSync(folder)) renameSync(join(folder, file), join(shared, file));
  }
  return { version, shared };
}

/** @type {import('./step.mjs').Step} */
export const powerShell = {
  what: 'Downloading PowerShell for Windows (120 MB) …',
  folder: powerShellFolder,
  files: [project, here],
  make: () => {
    rmSync(powerShellFolder, { recursive: true, force: true });
    mkdirSync(powerShellFolder, { recursive: true });
    const packages = restorePackages(project, powerShellFolder);
    const tool = join(packages, 'powershell');
    renameSync(join(tool, onlyVersion(tool), 'tools', 'net10.0', 'any', 'win'), program);
    layOut(packages, 'Microsoft.WindowsDesktop.App');
    const { version, shared } = layOut(packages, 'Microsoft.NETCore.App');
    const host = join(runtime, 'host', 'fxr', version);
    mkdirSync(host, { recursive: true });
    renameSync(join(shared, 'hostfxr.dll'), join(host, 'hostfxr.dll'));
    rmSync(packages, { recursive: true });
  },
};

/** PowerShell's version. */
export function powerShellVersion() {
  if (onWindows)
    return run('pwsh', ['-NoProfile', '-Command', '"$($PSVersionTable.PSVersion)"']).trim();
  const [, version] = /"PowerShell" Version="\[(.*)\]"/.exec(readFileSync(project, 'utf8')) ?? [];
  return String(version);
}

/** What tells the tests which PowerShell to start. @returns {NodeJS.ProcessEnv} */
export function powerShellEnvironment() {
  if (onWindows) return {};
  return {
    DOSVC_TEST_PWSH: pathForNode(join(program, 'pwsh.exe')),
    DOTNET_ROOT: pathForNode(runtime),
  };
}
