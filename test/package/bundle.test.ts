// SPDX-License-Identifier: MIT
// A user's program bundled into one file: the paths to the binaries are static, so that bundlers
// keep them.

import { cpSync, readFileSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { describe, expect } from 'vitest';
import { it, type App } from './app.js';

const paths = ['x64', 'ia32', 'arm64'].map((arch) => `../prebuilds/win32-${arch}/dosvc.node`);

/** Bundles a program with the library, as applications do; only the binaries stay outside. */
async function bundle(app: App): Promise<void> {
  const build = await rolldown({
    input: app.path('try.cjs'),
    platform: 'node',
    external: /\.node$/,
    // Keeps the paths as they are written, instead of relative to the folder of the bundle.
    makeAbsoluteExternalsRelative: false,
  });
  await build.write({ file: app.path('out', 'app.cjs'), format: 'cjs' });
  await build.close();
}

describe('the paths to the binaries', () => {
  it('are literals in the library', ({ app }) => {
    const library = readFileSync(app.path('node_modules', 'dosvc', 'dist', 'index.js'), 'utf8');
    for (const path of paths) expect(library).toContain(`require("${path}")`);
    expect(library.match(/\brequire\(/g)).toHaveLength(library.match(/\brequire\("/g)?.length ?? 0);
  });

  it('are kept in a bundle, which runs with the binaries beside it', async ({ app }) => {
    await bundle(app);
    const text = readFileSync(app.path('out', 'app.cjs'), 'utf8');
    const required = Array.from(text.matchAll(/require\("([^"]+\.node)"\)/g), ([, path]) => path);
    expect(required).toEqual(paths);
    cpSync(app.path('node_modules', 'dosvc', 'prebuilds'), app.path('prebuilds'), {
      recursive: true,
    });
    rmSync(app.path('node_modules'), { recursive: true });
    const { status, stdout, stderr } = await app.run('out/app.cjs');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ supported: true, connected: true });
  });

  it('lead nowhere in a bundle without the binaries, and the error says so', async ({ app }) => {
    await bundle(app);
    rmSync(app.path('node_modules'), { recursive: true });
    const { status, stdout, stderr } = await app.run('out/app.cjs');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ supported: false, code: 'ERR_DOSVC_NO_BINARY' });
  });
});
