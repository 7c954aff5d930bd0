// SPDX-License-Identifier: MIT
// @ts-check
// Names the systems and runtimes that checks run on, as docs/windows.md shows them.

import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { chosenWine, onWindows } from '../clone.mjs';
import { runWindowsNode } from '../win/run.mjs';
import { wineVersion } from '../win/wine.mjs';

/** The host's system, such as `Debian 12`. */
export function hostSystem() {
  if (onWindows) return `Windows ${release()}`;
  const text = readFileSync('/etc/os-release', 'utf8');
  const [name, version] = ['ID', 'VERSION_ID'].map(
    (key) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(text)?.[1] ?? '',
  );
  return `${name === 'debian' ? 'Debian' : String(name)} ${String(version)}`.trim();
}

/** Wine's version, such as `Wine 8.0`. */
function wine() {
  const [, version] = /^wine-(\S+)/.exec(wineVersion()) ?? [];
  return `Wine ${String(version)}`;
}

/** The architecture of the Windows Node that commands use, as process.arch has it. */
function nodesArchitecture() {
  if (onWindows) return process.arch;
  if (chosenWine() === 'arm64') return 'arm64';
  return process.env.DOSVC_NODE === 'ia32' ? 'ia32' : 'x64';
}

/**
 * Where Windows programs run.
 * @param {string} [arch] theirs
 */
export function windowsPlace(arch = nodesArchitecture()) {
  return [hostSystem(), ...(onWindows ? [] : [wine()]), arch].join(', ');
}

/** Where the host's own programs run. */
export function hostPlace() {
  return `${hostSystem()}, ${process.arch}`;
}

/** The Windows Node that commands use, which says its version itself. */
export async function windowsNode() {
  let said = '';
  await runWindowsNode(['--version'], { onStdout: (data) => (said += data.toString()) });
  return `Windows Node ${said.trim().replace(/^v/, '')}`;
}

/**
 * What a command that uses the Windows Node runs on: the system and the major version.
 * @param {string} runtime
 */
export function underNode(runtime) {
  return `${windowsPlace()}, ${runtime.replace(/\..*/, '')}`;
}
