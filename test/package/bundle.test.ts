// SPDX-License-Identifier: MIT
// A user's program in a bundle, with the package inside or beside it: the paths to the binaries are
// static, so that bundlers keep them.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { it, type App } from './app.js';
import { rollupTo, withElectronVite, withRolldown, withRollup, type Bundler } from './bundlers.js';

const paths = ['x64', 'ia32', 'arm64'].map((arch) => `../prebuilds/win32-${arch}/dosvc.node`);

/** What the program reports. */
async function report(app: App, bundle: string): Promise<unknown> {
  const { status, stdout, stderr } = await app.run(bundle);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}
const works = { supported: true, connected: true };

/** Removes the installed package, which the bundle would find otherwise. */
function uninstall(app: App): void {
  rmSync(app.path('node_modules'), { recursive: true });
}

const required = (app: App, bundle: string) => {
  const text = readFileSync(app.path(bundle), 'utf8');
  return Array.from(text.matchAll(/\brequire\("([^"]+\.node)"\)/g), ([, path = '']) => path);
};

it('the paths to the binaries are literals in the library', ({ app }) => {
  const library = readFileSync(app.path('node_modules', 'dosvc', 'dist', 'index.js'), 'utf8');
  for (const path of paths) expect(library).toContain(`require("${path}")`);
  expect(library.match(/\brequire\(/g)).toHaveLength(library.match(/\brequire\("/g)?.length ?? 0);
});

describe.for<[string, Bundler]>([
  ['rolldown', withRolldown],
  ['rollup', withRollup],
  ['electron-vite', withElectronVite],
])('%s', ([, bundle]) => {
  it('leaves the package beside the bundle, which finds it there', async ({ app }) => {
    const file = await bundle(app, false);
    expect(readFileSync(app.path(file), 'utf8')).toMatch(/require\(['"]dosvc['"]\)/);
    expect(await report(app, file)).toEqual(works);
  });
});

describe.for<[string, Bundler]>([
  ['rolldown', withRolldown],
  ['rollup', withRollup],
])('a bundle of %s', ([, bundle]) => {
  it('keeps the paths, and works with the binaries there', async ({ app }) => {
    const file = await bundle(app, true);
    expect(required(app, file)).toEqual(paths);
    cpSync(app.path('node_modules', 'dosvc', 'prebuilds'), app.path('prebuilds'), {
      recursive: true,
    });
    uninstall(app);
    expect(await report(app, file)).toEqual(works);
  });

  it('names the path at which there is no binary', async ({ app }) => {
    const file = await bundle(app, true);
    uninstall(app);
    expect(await report(app, file)).toMatchObject({
      supported: false,
      code: 'ERR_DOSVC_NO_BINARY',
      cause: expect.stringContaining(`../prebuilds/win32-${process.arch}/dosvc.node`) as string,
    });
  });
});

describe('a bundle of electron-vite', () => {
  it.for(['commonjs', 'module'])(
    'works in a %s, with copies of the binaries',
    async (type, { app }) => {
      const manifest = JSON.parse(readFileSync(app.path('package.json'), 'utf8')) as object;
      writeFileSync(app.path('package.json'), JSON.stringify({ ...manifest, type }));
      const file = await withElectronVite(app, true);
      uninstall(app);
      expect(await report(app, file)).toEqual(works);
    },
  );

  it('names the path at which its copy of the binary is missing', async ({ app }) => {
    const file = await withElectronVite(app, true);
    uninstall(app);
    const [copy = ''] = required(app, file);
    rmSync(app.path('out', 'main', copy));
    expect(await report(app, file)).toMatchObject({
      supported: false,
      code: 'ERR_DOSVC_NO_BINARY',
      cause: expect.stringContaining(copy) as string,
    });
  });
});

it('a bundle without require() causes ERR_DOSVC_LOAD_FAILED', async ({ app }) => {
  const file = await rollupTo('es', app, true);
  expect(await report(app, file)).toMatchObject({
    supported: false,
    code: 'ERR_DOSVC_LOAD_FAILED',
    message: expect.stringMatching(/require is not defined.*bundle it as CommonJS/) as string,
  });
});
