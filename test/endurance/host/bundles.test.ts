// SPDX-License-Identifier: MIT
// A bundle with the package inside, also where it is made and used on another system than Windows: it is
// safe to load, and says why nothing can be used.

import { spawnSync } from 'node:child_process';
import { describe, expect, it as base } from 'vitest';
import { withInstalledPackage } from '../../../tools/build/package.mjs';
import { App, type Run } from '../../installed/app.js';
import { bundlers, esbuildWith, webpackWith } from '../../installed/bundlers.js';

const run: Run = (file, args, { cwd, env, node = process.execPath }) =>
  Promise.resolve(
    spawnSync(node, [file, ...args], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' }),
  );

const it = base.extend<{ app: App; installed: string }>({
  installed: [
    // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
    async ({}, use) => {
      await withInstalledPackage(use);
    },
    { scope: 'file' },
  ],
  app: async ({ installed }, use) => {
    const app = new App(installed, run);
    await use(app);
    app.remove();
  },
});

describe.for(bundlers)('a bundle of %s', ([, bundle]) => {
  it('is safe to load on Linux', async ({ app }) => {
    const file = await bundle(app, true);
    app.uninstall();
    const { status, stdout, stderr } = await app.run(file);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      supported: false,
      attached: false,
      said: [expect.stringContaining('because this system has no service that it can use')],
      name: 'DosvcError',
      code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM',
    });
  });
});

it('a bundler that was not told what to do with a binary refuses it', async ({ app }) => {
  const withoutLoader = esbuildWith(undefined, app, true);
  await expect(withoutLoader).rejects.toThrow('No loader is configured for ".node" files');
  await expect(webpackWith(app, true, [])).rejects.toThrow('Module parse failed');
});
