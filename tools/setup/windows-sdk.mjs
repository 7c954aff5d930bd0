// SPDX-License-Identifier: MIT
// @ts-check
// The Windows SDK: on Linux from its NuGet packages, on Windows the one that Visual Studio
// installed.

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onWindows, root, windowsSdk } from '../clone.mjs';
import { ToolError } from '../command.mjs';
import { restorePackages } from './dotnet.mjs';

const project = join(root, 'tools', 'sdk', 'windows-sdk.csproj');
const packages = join(windowsSdk, 'packages');

/** @type {import('./step.mjs').Step} */
export const windowsSdkPackages = {
  what: 'Downloading the Windows SDK (1 GB) …',
  folder: windowsSdk,
  files: [project],
  make: () => {
    mkdirSync(windowsSdk, { recursive: true });
    restorePackages(project, windowsSdk);
  },
};

/**
 * The newest version in a folder.
 * @param {string} folder
 */
function newest(folder) {
  const versions = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d/.test(name)) : [];
  const [last] = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).slice(-1);
  if (last === undefined) throw new ToolError(`There is no Windows SDK in ${folder}.`);
  return join(folder, last);
}

/** The folders of its headers and of its import libraries for x64. */
export function windowsSdkFolders() {
  if (onWindows) {
    const kits = join(process.env['ProgramFiles(x86)'] ?? '', 'Windows Kits', '10');
    return {
      headers: newest(join(kits, 'Include')),
      libraries: join(newest(join(kits, 'Lib')), 'um', 'x64'),
    };
  }
  const main = newest(join(packages, 'microsoft.windows.sdk.cpp'));
  const x64 = newest(join(packages, 'microsoft.windows.sdk.cpp.x64'));
  return {
    headers: newest(join(main, 'c', 'Include')),
    libraries: join(x64, 'c', 'um', 'x64'),
  };
}
