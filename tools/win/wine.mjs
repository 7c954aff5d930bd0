// SPDX-License-Identifier: MIT
// @ts-check
// Starts Windows programs under Wine, in this clone's prefixes.

import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import {
  orphanedLocksLibrary,
  orphanedLocksLibrary32,
  prefix,
  root,
  chosenWine,
} from '../clone.mjs';
import { checkEnd, run } from '../command.mjs';
import { emulatedEnvironment } from '../unpacked/emulator.mjs';
import { Follower } from './follower.mjs';
import { inWine } from './which-wine.mjs';

/** @type {string[] | undefined} */
let fixing;

/**
 * Debian 12's wine64 needs the page at 0x7FFE0000, but in about one of 8,000 starts Linux places the
 * heap there. The process then ends at once (its parent sees 0x8007054F). Without address
 * randomisation the heap is never there. Child processes inherit the setting, and so do Windows' own
 * services. Where personality() is forbidden, as in some containers, Wine runs without the setting.
 */
function withFixedAddresses() {
  const fixed = ['setarch', '-R'];
  const [command = '', ...args] = [...fixed, 'true'];
  fixing ??= spawnSync(command, args, { stdio: 'ignore' }).status === 0 ? fixed : [];
  return fixing;
}

/**
 * The command line of a Windows program.
 * @param {string[]} args the program and its arguments
 * @param {number} [processor] the one that it and its child processes are pinned to
 */
export function wineCommand(args, processor) {
  const pinned = processor === undefined ? [] : ['taskset', '-c', String(processor)];
  return [...pinned, ...withFixedAddresses(), ...inWine(['wine', ...args])];
}

/**
 * The command line of Wine's server, which holds what the programs of a prefix share.
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function wineserver(...args) {
  const [command = '', ...rest] = inWine(['wineserver', ...args]);
  return [command, rest];
}

/**
 * Runs a Windows program to its end in a prefix, and shows its output only if it fails. The output goes
 * to a file: the first program in a prefix starts Windows' own services, which inherit its output. A
 * pipe would stay open until they end, and so until the last other program in the prefix does.
 * @param {string[]} args the program and its arguments
 * @param {NodeJS.ProcessEnv} [env]
 * @param {number} [processor] as above
 * @returns {string} its output
 */
export function runWine(args, env = wineEnvironment(), processor) {
  const all = wineCommand(args, processor);
  const [command = '', ...rest] = all;
  let said = '';
  const output = new Follower((data) => (said += data.toString()));
  const done = spawnSync(command, rest, {
    cwd: root,
    env,
    stdio: ['ignore', output.fd, output.fd],
  });
  output.close();
  checkEnd(done, all, said);
  return said;
}

/** Wine's version with that of its package, such as `wine-8.0 (Debian 8.0~repack-4)`. */
export function wineVersion() {
  const [command = '', ...args] = inWine(['wine', '--version']);
  return run(command, args, { env: wineEnvironment() }).trim();
}

/**
 * Whether any program is running in a prefix.
 * @param {string} [name]
 */
export function inUse(name) {
  const env = wineEnvironment({}, name);
  return spawnSync(...wineserver('-k0'), { env, stdio: 'ignore' }).status === 0;
}

/**
 * The environment of every Wine program here. It has no display, so no window can wait for a click.
 * @param {NodeJS.ProcessEnv} [more]
 * @param {string} [name] of the prefix
 * @returns {NodeJS.ProcessEnv}
 */
export function wineEnvironment(more, name) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    WINEDEBUG: '-all',
    // .NET maps its compiled code twice, to write it at one address and run it at another. Under Wine 8
    // it ends with "Internal CLR error" when it frees such code.
    DOTNET_EnableWriteXorExecute: '0',
    ...process.env,
    ...more,
    WINEPREFIX: prefix(name),
  };
  delete env.DISPLAY;
  delete env.WAYLAND_DISPLAY;
  // A debugger that crashes in turn would start the next one, without end.
  env.WINEDLLOVERRIDES = before('winedbg.exe=d', ';', env.WINEDLLOVERRIDES);
  if (chosenWine() === 'arm64') return { ...env, ...emulatedEnvironment };
  // By name, for a space ends an entry of LD_PRELOAD and a path may contain one, and each process takes
  // the build for its own bits.
  env.LD_PRELOAD = before(basename(orphanedLocksLibrary), ' ', process.env.LD_PRELOAD);
  const folders = [orphanedLocksLibrary, orphanedLocksLibrary32].map((file) => dirname(file));
  env.LD_LIBRARY_PATH = before(folders.join(':'), ':', process.env.LD_LIBRARY_PATH);
  return env;
}

/**
 * @param {string} first
 * @param {string} between
 * @param {string} [rest]
 */
function before(first, between, rest) {
  return rest ? `${first}${between}${rest}` : first;
}

/**
 * A path of this system as Windows programs see it.
 * @param {string} path absolute
 */
export function windowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}
