// SPDX-License-Identifier: MIT
// The bundlers of the tests. Each bundles try.mjs with the package `inside`, or leaves the package
// beside the bundle.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rolldown } from 'rolldown';
import { rollup, type ModuleFormat } from 'rollup';
import { expect } from 'vitest';
import { run } from '../processes/child.js';
import type { App } from './app.js';

/** Bundles the program, and returns the bundle's path in the folder of the application. */
export type Bundler = (app: App, inside: boolean) => Promise<string>;

export const withRolldown: Bundler = async (app, inside) => {
  const build = await rolldown({
    input: app.path('try.mjs'),
    platform: 'node',
    external: inside ? /\.node$/ : 'dosvc',
    // Keeps the paths as they are written, instead of relative to the folder of the bundle.
    makeAbsoluteExternalsRelative: false,
  });
  await build.write({ file: app.path('out', 'app.cjs'), format: 'cjs' });
  await build.close();
  return 'out/app.cjs';
};

const builtIn = /^node:/;

export async function rollupTo(format: ModuleFormat, app: App, inside: boolean): Promise<string> {
  const build = await rollup({
    input: app.path('try.mjs'),
    external: [builtIn, inside ? /\.node$/ : 'dosvc'],
    plugins: [nodeResolve(), commonjs()],
  });
  const file = `out/app.${format === 'es' ? 'mjs' : 'cjs'}`;
  await build.write({ file: app.path(file), format });
  await build.close();
  return file;
}

export const withRollup: Bundler = (app, inside) => rollupTo('cjs', app, inside);

/** Through its command line, with nothing but its defaults: it finds and copies the binaries itself. */
export const withElectronVite: Bundler = async (app, inside) => {
  const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json');
  const { status, stderr } = await run(
    join(dirname(manifest), 'bin', 'electron-vite.js'),
    ['build', '--mode', inside ? 'inside' : 'beside'],
    // Otherwise it asks an installed Electron. No build needs one.
    { cwd: app.folder, env: { ELECTRON_MAJOR_VER: '44' } },
  );
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return 'out/main/try.js';
};
