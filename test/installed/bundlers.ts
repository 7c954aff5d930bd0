// SPDX-License-Identifier: MIT
// The bundlers of the tests. Each bundles try.mjs with the package `inside`, or leaves the package
// beside the bundle.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild, type BuildOptions } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup, type ModuleFormat } from 'rollup';
import { expect } from 'vitest';
import webpack from 'webpack';
import type { App } from './app.js';

/** Bundles the program, and returns the bundle's path in the folder of the application. */
export type Bundler = (app: App, inside: boolean) => Promise<string>;

const entries = /^dosvc(\/|$)/;

export const withRolldown: Bundler = async (app, inside) => {
  const build = await rolldown({
    input: app.path('try.mjs'),
    platform: 'node',
    external: inside ? /\.node$/ : entries,
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
    external: [builtIn, inside ? /\.node$/ : entries],
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
  const { status, stderr } = await app.run(
    join(dirname(manifest), 'bin', 'electron-vite.js'),
    ['build', '--mode', inside ? 'inside' : 'beside'],
    process.execPath,
    // Otherwise it asks an installed Electron. No build needs one.
    { ELECTRON_MAJOR_VER: '44' },
  );
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return 'out/main/try.js';
};

const relocator = createRequire(import.meta.url).resolve('@vercel/webpack-asset-relocator-loader');

/** As Electron Forge's plugin bundles the main process, with the rule of its template. */
export const withWebpack: Bundler = (app, inside) =>
  webpackWith(app, inside, [
    {
      test: /[/\\]node_modules[/\\].+\.(m?js|node)$/,
      parser: { amd: false },
      use: { loader: relocator, options: { outputAssetBase: 'native_modules' } },
    },
  ]);

export async function webpackWith(
  app: App,
  inside: boolean,
  rules: webpack.RuleSetRule[],
): Promise<string> {
  const compiler = webpack({
    mode: 'production',
    target: 'electron-main',
    context: app.folder,
    entry: app.path('try.mjs'),
    output: { path: app.path('out'), filename: 'index.js', libraryTarget: 'commonjs2' },
    node: { __dirname: false, __filename: false },
    module: { rules },
    externals: inside ? [] : [entries],
    externalsType: 'commonjs2',
  });
  const stats = await promisify<webpack.Stats | undefined>((done) => {
    compiler.run(done);
  })();
  await promisify((done) => {
    compiler.close(done);
  })();
  const { errors = [] } = stats?.toJson({ all: false, errors: true }) ?? {};
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return 'out/index.js';
}

/** @param loader What a require() of a binary becomes, if esbuild is told. */
export async function esbuildWith(
  loader: NonNullable<BuildOptions['loader']>[string] | undefined,
  app: App,
  inside: boolean,
): Promise<string> {
  await esbuild({
    absWorkingDir: app.folder,
    entryPoints: ['try.mjs'],
    outfile: 'out/app.cjs',
    bundle: true,
    minify: true,
    platform: 'node',
    loader: loader === undefined ? {} : { '.node': loader },
    external: inside ? [] : ['dosvc'],
    logLevel: 'silent',
  });
  return 'out/app.cjs';
}

export const withEsbuild: Bundler = (app, inside) => esbuildWith('copy', app, inside);

/** Those that are tried with the package inside, by name. */
export const bundlers: [name: string, bundle: Bundler][] = [
  ['rolldown', withRolldown],
  ['rollup', withRollup],
  ['electron-vite', withElectronVite],
  ['webpack', withWebpack],
  ['esbuild', withEsbuild],
];
