// SPDX-License-Identifier: MIT
// On a system other than Windows, the package is safe to load, and its calls report why they cannot
// run.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attach } from 'dosvc/electron-updater';
import { describe, expect, it } from 'vitest';
import { HttpServer } from '../http/server.js';

const clone = join(import.meta.dirname, '../..');
const requireHere = createRequire(join(clone, 'package.json'));
const library = requireHere.resolve('dosvc');

type Library = typeof import('dosvc');
const required = requireHere(library) as Library;

/** The output of a Node process of its own. */
function said(...args: string[]): string {
  const child = spawnSync(process.execPath, args, { cwd: clone, encoding: 'utf8' });
  expect({ status: child.status, stderr: child.stderr }).toEqual({ status: 0, stderr: '' });
  return child.stdout.trim();
}

describe('the package on Linux', () => {
  it('is the build of this clone', () => {
    expect(library).toBe(join(clone, 'dist', 'index.js'));
  });

  it('is not supported, and reports that without throwing', () => {
    expect(required.isSupported()).toBe(false);
  });

  it('rejects connect() with ERR_DOSVC_UNSUPPORTED_PLATFORM', async () => {
    const connected = required.BackgroundCopyManager.connect({ service: 'bits' });
    expect(connected).toBeInstanceOf(Promise);
    const error = await connected.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(required.DosvcError);
    expect(error).toMatchObject({
      name: 'DosvcError',
      code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM',
      names: ['ERR_DOSVC_UNSUPPORTED_PLATFORM'],
      hresult: undefined,
    });
    expect((error as Error).message).toContain(process.platform);
  });

  it('downloads by http alone, and says so of the services', async () => {
    const server = await HttpServer.start();
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-linux-'));
    try {
      const { url, content } = server.file('whole');
      const file = join(folder, 'file.bin');
      const { route, attempts } = await required.download(url, file);
      expect(route).toBe('http');
      expect(attempts).toMatchObject([
        { route: 'delivery-optimization', error: { code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM' } },
        {
          route: 'bits',
          error: {
            code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM',
            message: "BITS exists only on Windows. On this system, only the route 'http' works.",
          },
        },
      ]);
      expect(readFileSync(file).equals(content)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
      await server.stop();
    }
  });

  it('finds a file that is there in a folder that nobody can write to', async () => {
    const file = '/proc/version';
    const hash = { sha512: createHash('sha512').update(readFileSync(file)).digest('hex') };
    const url = 'http://127.0.0.1:9/';
    expect(await required.download(url, file, { hash })).toMatchObject({ route: 'none', file });
    const error: unknown = await required.download(url, '/proc/none').catch((one: unknown) => one);
    expect(error).toBeInstanceOf(required.DosvcError);
    expect(error).not.toHaveProperty('attempts');
  });

  it('has nothing to clean up', async () => {
    expect(await required.cleanUp({ olderThan: 0 })).toEqual([]);
  });

  it('rejects bad input first, and never throws', async () => {
    const bad = { service: 7 } as unknown as { service: string };
    const connected = required.BackgroundCopyManager.connect(bad);
    await expect(connected).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  });

  it('is one instance for import and for require, and has every name', () => {
    const program = `
      import * as imported from 'dosvc';
      import { createRequire } from 'node:module';
      const required = createRequire(import.meta.url)('dosvc');
      const names = Object.keys(required);
      console.log(names.length > 0 && names.every((name) => imported[name] === required[name]));
      console.log(imported.isSupported());
    `;
    expect(said('--input-type=module', '--eval', program)).toBe('true\nfalse');
  });

  it('is safe to load beside electron-updater, by import and by require', () => {
    const program = `
      import { attach } from 'dosvc/electron-updater';
      import { createRequire } from 'node:module';
      const required = createRequire(import.meta.url)('dosvc/electron-updater');
      console.log(Object.keys(required).join(), attach === required.attach);
      const files = Object.keys(createRequire(import.meta.url).cache);
      console.log(files.filter((file) => /electron-updater.out|\\.node$/.test(file)).length);
    `;
    expect(said('--input-type=module', '--eval', program)).toBe('attach true\n0');
  });

  it('attaches nothing to an updater, and says so once', async () => {
    const said: string[] = [];
    const say = (message: string) => void said.push(message);
    const download = () => Promise.resolve('theirs');
    const updater = { logger: { info: say, warn: say }, httpExecutor: { download } };
    const detach = attach(updater, { cost: 'no-roaming' });
    expect(updater.httpExecutor.download).toBe(download);
    await detach();
    expect(said).toEqual([
      'dosvc: not attached, because this system has no service that it can use. electron-updater downloads by itself.',
    ]);
  });

  it('loads no binary', () => {
    const program = `
      const { isSupported } = require('dosvc');
      isSupported();
      console.log(Object.keys(require.cache).filter((file) => file.endsWith('.node')).length);
    `;
    expect(said('--eval', program)).toBe('0');
  });
});
