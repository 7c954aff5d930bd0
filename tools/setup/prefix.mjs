// SPDX-License-Identifier: MIT
// @ts-check
// Creates this clone's Wine prefixes, each of them a Windows 10.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prefix, testPrefixes, chosenWine } from '../clone.mjs';
import { run, runBeside } from '../command.mjs';
import { inUse, wineCommand, wineEnvironment, wineserver, wineVersion } from '../win/wine.mjs';
import { inWine } from '../win/which-wine.mjs';

const here = fileURLToPath(import.meta.url);
const processPrng = fileURLToPath(new URL('process-prng.c', import.meta.url));

/** Wine before version 9 has no bcryptprimitives.dll, which every Rust program loads. */
function addProcessPrng() {
  const library = join(prefix(), 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll');
  if (existsSync(library)) return;
  run('x86_64-w64-mingw32-gcc-posix', [
    ...['-O2', '-s', '-shared', '-o', library, processPrng, '-ladvapi32'],
  ]);
}

/**
 * @param {string[]} args a Windows program and its arguments
 * @param {NodeJS.ProcessEnv} env
 */
async function inPrefix(args, env) {
  const [command = '', ...rest] = wineCommand(args);
  await runBeside(command, rest, { env });
}

/** Wine's version, and whether its prefixes have a place for 32-bit programs. */
function version() {
  const script = 'test ! -d /usr/lib/i386-linux-gnu/wine || echo with 32 bits';
  const [command = '', ...args] = inWine(['sh', '-c', script]);
  return wineVersion() + run(command, args);
}

/** The prefixes for the tests, besides the main one. On ARM64, the main one suffices. */
function more() {
  return chosenWine() === 'arm64' ? [] : testPrefixes;
}

/** Ends the programs in every prefix. */
export function stopPrograms() {
  for (const name of ['main', ...more()].filter(inUse)) {
    spawnSync(...wineserver('-k'), { env: wineEnvironment({}, name), stdio: 'ignore' });
  }
}

/** @param {string} folder of the prefixes */
async function make(folder) {
  const env = wineEnvironment({
    // No menu entries on the user's desktop, and no offer to download Mono and Gecko.
    WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml=',
  });
  stopPrograms();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(prefix(), { recursive: true });
  await inPrefix(['wineboot', '-u'], env);
  // Node refuses to start on an older Windows.
  await inPrefix(['winecfg', '/v', 'win10'], env);
  // Wine 10 would look for the user's Wayland display, and complain if there is none.
  const drivers = 'HKCU\\Software\\Wine\\Drivers';
  await inPrefix(['reg', 'add', drivers, '/v', 'Graphics', '/d', 'null', '/f'], env);
  await runBeside(...wineserver('-w'), { env });
  addProcessPrng();
  // Copying a prefix that is not in use takes a fifth of the time of creating one.
  for (const name of more()) await runBeside('cp', ['-a', prefix(), prefix(name)]);
}

/** @returns {import('./step.mjs').Step} */
export function winePrefixes() {
  const folder = dirname(prefix());
  return {
    what: 'Making the Wine prefixes …',
    folder,
    files: [here, processPrng],
    also: version,
    make: () => make(folder),
  };
}
