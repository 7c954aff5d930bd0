// SPDX-License-Identifier: MIT
// @ts-check
// The Wine prefix: a Windows 10 of this clone's own.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prefix } from '../clone.mjs';
import { run } from '../command.mjs';
import { wineEnvironment } from '../win/wine.mjs';

const here = fileURLToPath(import.meta.url);
const processPrng = fileURLToPath(new URL('process-prng.c', import.meta.url));

/** Before Wine 9 there is no bcryptprimitives.dll, which every program made with Rust loads. */
function addProcessPrng() {
  const library = join(prefix, 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll');
  if (existsSync(library)) return;
  run('x86_64-w64-mingw32-gcc-posix', [
    ...['-O2', '-s', '-shared', '-o', library, processPrng, '-ladvapi32'],
  ]);
}

/** @type {import('./step.mjs').Step} */
export const winePrefix = {
  what: 'Making the Wine prefix …',
  folder: prefix,
  files: [here, processPrng],
  also: () => run('wine', ['--version'], { env: wineEnvironment() }),
  make: () => {
    const env = {
      ...wineEnvironment(),
      // No menu entries on the user's desktop, and no offer to download Mono and Gecko.
      WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml=',
    };
    if (existsSync(prefix)) spawnSync('wineserver', ['-k'], { env, stdio: 'ignore' });
    rmSync(prefix, { recursive: true, force: true });
    mkdirSync(prefix, { recursive: true });
    run('wineboot', ['-u'], { env });
    // Node refuses to start on an older Windows.
    run('wine', ['winecfg', '/v', 'win10'], { env });
    run('wineserver', ['-w'], { env });
    addProcessPrng();
  },
};
