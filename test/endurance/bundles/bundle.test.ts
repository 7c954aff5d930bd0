// SPDX-License-Identifier: MIT
// A user's program in a bundle, with the package inside or beside it: the paths to the binaries are
// static, so that bundlers keep them.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  bundlers,
  esbuildWith,
  rollupTo,
  webpackWith,
  withElectronVite,
  withEsbuild,
  withRolldown,
  withRollup,
  withWebpack,
  type Bundler,
} from '../../installed/bundlers.js';
import { it, type App } from '../../installed/fixtures.js';

const paths = ['x64', 'ia32', 'arm64'].map((arch) => `../prebuilds/win32-${arch}/dosvc.node`);

/** What the program reports. */
async function report(app: App, bundle: string): Promise<unknown> {
  const { status, stdout, stderr } = await app.run(bundle);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}
const works = { supported: true, attached: true, said: [], connected: true };
const failsWith = (code: string) => ({
  ...{ supported: false, attached: false, name: 'DosvcError', code },
  said: [expect.stringContaining('its binary cannot be loaded') as string],
});

const textOf = (app: App, bundle: string) => readFileSync(app.path(bundle), 'utf8');

/** The paths of binaries in a bundle. */
const binariesIn = (app: App, bundle: string) =>
  Array.from(textOf(app, bundle).matchAll(/["']([^"']+\.node)["']/g), ([, path = '']) => path);

it('the paths to the binaries are literals in the library', ({ app }) => {
  const library = readFileSync(app.path('node_modules', 'dosvc', 'dist', 'index.js'), 'utf8');
  for (const path of paths) expect(library).toContain(`require("${path}")`);
  expect(library.match(/\brequire\(/g)).toHaveLength(library.match(/\brequire\("/g)?.length ?? 0);
});

describe.for(bundlers)('%s', ([, bundle]) => {
  it('leaves the package beside the bundle, which finds it there', async ({ app }) => {
    const file = await bundle(app, false);
    const text = textOf(app, file);
    expect(text).toMatch(/require\(["']dosvc["']\)/);
    expect(text).toMatch(/require\(["']dosvc\/electron-updater["']\)/);
    expect(await report(app, file)).toEqual(works);
  });
});

describe.for<[string, Bundler]>([
  ['rolldown', withRolldown],
  ['rollup', withRollup],
])('a bundle of %s', ([, bundle]) => {
  it('keeps the paths, and works with the binaries there', async ({ app }) => {
    const file = await bundle(app, true);
    expect(binariesIn(app, file)).toEqual(paths);
    cpSync(app.path('node_modules', 'dosvc', 'prebuilds'), app.path('prebuilds'), {
      recursive: true,
    });
    app.uninstall();
    expect(await report(app, file)).toEqual(works);
  });

  it('names the path at which there is no binary', async ({ app }) => {
    const file = await bundle(app, true);
    app.uninstall();
    expect(await report(app, file)).toMatchObject({
      ...failsWith('ERR_DOSVC_NO_BINARY'),
      cause: expect.stringContaining(`../prebuilds/win32-${process.arch}/dosvc.node`) as string,
    });
  });
});

describe.for<[string, Bundler]>([
  ['electron-vite', withElectronVite],
  ['webpack', withWebpack],
  ['esbuild', withEsbuild],
])('a bundle of %s', ([, bundle]) => {
  it('works with copies of the binaries', async ({ app }) => {
    const file = await bundle(app, true);
    app.uninstall();
    expect(await report(app, file)).toEqual(works);
  });

  it('names the path at which its copy of the binary is missing', async ({ app }) => {
    const file = await bundle(app, true);
    app.uninstall();
    const folder = app.path(dirname(file));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const copies = files.filter((name) => name.endsWith('.node'));
    expect(copies.length).toBeGreaterThan(0);
    for (const copy of copies) rmSync(join(folder, copy));
    expect(await report(app, file)).toMatchObject({
      ...failsWith('ERR_DOSVC_NO_BINARY'),
      cause: expect.stringMatching(/dosvc\S*\.node/) as string,
    });
  });
});

it('a bundle of electron-vite works in an ES module', async ({ app }) => {
  const manifest = JSON.parse(readFileSync(app.path('package.json'), 'utf8')) as object;
  writeFileSync(app.path('package.json'), JSON.stringify({ ...manifest, type: 'module' }));
  const file = await withElectronVite(app, true);
  app.uninstall();
  expect(await report(app, file)).toEqual(works);
});

describe('a bundle causes ERR_DOSVC_LOAD_FAILED, and says what to set,', () => {
  const replaced = {
    ...failsWith('ERR_DOSVC_LOAD_FAILED'),
    message: expect.stringContaining('A bundler put a path in the place of') as string,
  };

  it('if it is one of esbuild that loads binaries as files', async ({ app }) => {
    expect(await report(app, await esbuildWith('file', app, true))).toMatchObject(replaced);
  });

  it('if it is one of webpack that takes binaries for assets', async ({ app }) => {
    const rules = [{ test: /\.node$/, type: 'asset/resource' }];
    expect(await report(app, await webpackWith(app, true, rules))).toMatchObject(replaced);
  });

  it('if it has no require()', async ({ app }) => {
    const file = await rollupTo('es', app, true);
    expect(await report(app, file)).toMatchObject({
      ...failsWith('ERR_DOSVC_LOAD_FAILED'),
      message: expect.stringMatching(/require is not defined.*bundle it as CommonJS/) as string,
    });
  });
});
