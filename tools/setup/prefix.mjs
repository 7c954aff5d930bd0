// SPDX-License-Identifier: MIT
// @ts-check
// The Wine prefixes: a Windows 10 each, of this clone's own.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prefix, testPrefixes } from '../clone.mjs';
import { run } from '../command.mjs';
import { inUse, runWine, wineEnvironment } from '../win/wine.mjs';

const here = fileURLToPath(import.meta.url);
const folder = dirname(prefix());
const processPrng = fileURLToPath(new URL('process-prng.c', import.meta.url));

/** Before Wine 9 there is no bcryptprimitives.dll, which every program made with Rust loads. */
function addProcessPrng() {
  const library = join(prefix(), 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll');
  if (existsSync(library)) return;
  run('x86_64-w64-mingw32-gcc-posix', [
    ...['-O2', '-s', '-shared', '-o', library, processPrng, '-ladvapi32'],
  ]);
}

/** @type {import('./step.mjs').Step} */
export const winePrefixes = {
  what: 'Making the Wine prefixes …',
  folder,
  files: [here, processPrng],
  also: () => runWine(['--version']),
  make: () => {
    const env = {
      ...wineEnvironment(),
      // No menu entries on the user's desktop, and no offer to download Mono and Gecko.
      WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml=',
    };
    for (const name of ['main', ...testPrefixes].filter(inUse)) {
      spawnSync('wineserver', ['-k'], { env: wineEnvironment({}, name), stdio: 'ignore' });
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(prefix(), { recursive: true });
    runWine(['wineboot', '-u'], env);
    // Node refuses to start on an older Windows.
    runWine(['winecfg', '/v', 'win10'], env);
    run('wineserver', ['-w'], { env });
    addProcessPrng();
    // A copy of one that nothing uses takes a fifth of the time of a new one.
    for (const name of testPrefixes) run('cp', ['-a', prefix(), prefix(name)]);
  },
};
