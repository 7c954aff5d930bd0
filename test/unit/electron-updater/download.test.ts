// SPDX-License-Identifier: MIT
// What download() is asked for, where the file goes, and what the updater hears meanwhile.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { stageNames } from '../../../lib/transfer/files/names.js';
import { rejection } from '../../promises/rejection.js';
import { failures } from '../../system/file-failures.js';
import { content, scenes, sha512, url, type Got } from './scene.js';

const scene = scenes();
const fail = failures();
const hex = Buffer.from(sha512, 'base64').toString('hex');

/** Attaches, downloads, and returns what the library got. */
async function asked({ attach, get, library }: ReturnType<typeof scene>, more = {}): Promise<Got> {
  void attach();
  await get(more);
  const [call] = library.calls;
  if (call === undefined) throw new Error('download() was not called.');
  return call;
}

describe('a download', () => {
  it('goes through the services, and ends where the updater wants it', async () => {
    const one = scene();
    const { cache, destination, updater, attach, get, delivered } = one;
    void attach({ cost: 'no-roaming', priority: 'background' });
    expect(await get()).toBe(destination);
    expect(delivered()).toBe(content);
    expect(one.library.calls).toMatchObject([
      {
        url: url.href,
        options: {
          routes: ['delivery-optimization', 'bits'],
          key: 'electron-updater/app-updater/update',
          hash: { sha512 },
          makeFolder: true,
          headers: {},
          cost: 'no-roaming',
          priority: 'background',
        },
      },
    ]);
    expect(updater.httpExecutor.theirs).toEqual([]);
    expect(updater.said).toEqual([
      `info dosvc: ${String(content.length)} bytes from example.com by bits`,
    ]);
    expect(readdirSync(join(cache, 'dosvc'))).toEqual([]);
  });

  it.each([
    [['bits'] as const, ['bits']],
    [undefined, ['delivery-optimization', 'bits']],
  ])('takes the routes that it is given: %j', async (routes, taken) => {
    const { attach, get, library } = scene();
    void attach({ routes });
    await get();
    expect(library.calls[0]?.options.routes).toEqual(taken);
  });

  it('is written beside the folder that the updater empties', async () => {
    const one = scene();
    const { file } = await asked(one);
    expect(file).toBe(join(one.cache, 'dosvc', hex.slice(0, 32)));
  });

  it('is known by its content, whatever its name, its address and the form of its hash', async () => {
    const { attach, get, library, pending } = scene();
    void attach();
    await get();
    await get({}, join(pending, '0-temp-app.exe'), new URL('https://example.com/other.exe'));
    await get({ sha512: hex });
    await get({ sha512: createHash('sha512').update('another').digest('base64') });
    const files = library.calls.map(({ file }) => file);
    expect(new Set(files.slice(0, 3)).size).toBe(1);
    expect(files[3]).not.toBe(files[0]);
    expect(new Set(library.calls.map(({ options }) => options.key)).size).toBe(1);
  });

  it('may have a sha256 instead', async () => {
    const sha2 = createHash('sha256').update(content).digest('hex');
    const { file, options } = await asked(scene(), { sha512: null, sha2 });
    expect(options.hash).toEqual({ sha256: sha2 });
    expect(basename(file)).toBe(sha2.slice(0, 32));
  });

  it('has the size that the feed gives, also of a web package', async () => {
    const [one, other] = [scene(), scene()];
    one.updater.updateInfoAndProvider = { info: { files: [{ sha512, size: content.length }] } };
    other.updater.updateInfoAndProvider = { info: { packages: { x64: { sha512, size: 7 } } } };
    expect((await asked(one)).options.size).toBe(content.length);
    expect((await asked(other)).options.size).toBe(7);
    expect((await asked(scene())).options.size).toBeUndefined();
  });

  it('has the headers of the updater, but none that says nothing', async () => {
    const headers = { Accept: 'application/octet-stream', authorization: 'Bearer 1', none: null };
    const { options } = await asked(scene(), { headers });
    expect(options.headers).toEqual({
      Accept: 'application/octet-stream',
      authorization: 'Bearer 1',
    });
    for (const none of [null, { accept: '*/*' }]) {
      expect((await asked(scene(), { headers: none })).options.headers).toEqual({});
    }
  });

  it('is copied where it cannot be moved', async () => {
    const { attach, get, delivered } = scene();
    void attach();
    const renamed = fail('rename', 'EBUSY');
    await get();
    expect(renamed()).toBe(1);
    expect(delivered()).toBe(content);
  });

  it('is reported to the application, too', async () => {
    const { attach, get, library } = scene();
    const heard: unknown[] = [];
    void attach({
      onStart: (start) => void heard.push(start),
      onFailedAttempt: ({ route }) => void heard.push(route),
      onProgress: ({ waitingFor }) => void heard.push(waitingFor),
    });
    library.script = async ({ options, write }) => {
      const error = new DosvcError('off', { code: 'ERROR_SERVICE_DISABLED' });
      options.onFailedAttempt?.({
        ...{ route: 'delivery-optimization', address: url.href, error, elapsed: 1 },
      });
      await options.onStart?.({ route: 'bits', id: '1' });
      options.onProgress?.({
        ...{ route: 'bits', bytesTransferred: 1, bytesTotal: null },
        ...{ bytesPerSecond: 1, secondsLeft: null, waitingFor: 'cost' },
      });
      return write();
    };
    await get();
    expect(heard).toEqual(['delivery-optimization', { route: 'bits', id: '1' }, 'cost']);
  });
});

describe('progress', () => {
  const at = (bytesTransferred: number, bytesTotal: number | null) => ({
    ...{ route: 'bits' as const, bytesTransferred, bytesTotal },
    ...{ bytesPerSecond: 10.4, secondsLeft: null, waitingFor: null },
  });

  it('has the fields of electron-updater; nothing is not told, and all is told once', async () => {
    const { attach, get, library, progress } = scene();
    void attach();
    library.script = ({ options, write }) => {
      for (const bytes of [0, 4, 10, 17, 17]) options.onProgress?.(at(bytes, 17));
      return write();
    };
    await get();
    expect(progress).toEqual([
      { total: 17, delta: 4, transferred: 4, percent: (4 / 17) * 100, bytesPerSecond: 10 },
      { total: 17, delta: 6, transferred: 10, percent: (10 / 17) * 100, bytesPerSecond: 10 },
      { total: 17, delta: 7, transferred: 17, percent: 100, bytesPerSecond: 10 },
    ]);
  });

  it('has numbers where the size is unknown, and that of the feed where there is one', async () => {
    const { attach, get, library, progress, updater } = scene();
    void attach();
    library.script = ({ options, write }) => {
      options.onProgress?.(at(4, null));
      return write();
    };
    await get();
    updater.updateInfoAndProvider = { info: { files: [{ sha512, size: 17 }] } };
    await get();
    expect(progress.map(({ total, percent }) => [total, percent])).toEqual([
      [0, 0],
      [17, 100],
      [17, (4 / 17) * 100],
      [17, 100],
    ]);
  });

  it('has no negative delta where a route begins anew', async () => {
    const { attach, get, library, progress } = scene();
    void attach();
    library.script = ({ options, write }) => {
      for (const bytes of [9, 2]) options.onProgress?.(at(bytes, 17));
      return write();
    };
    await get();
    expect(progress.map(({ delta }) => delta)).toEqual([9, 0, 15]);
  });

  it('is told of a file that was there already', async () => {
    const { attach, get, progress } = scene();
    void attach();
    await get();
    expect(progress).toMatchObject([{ transferred: 17, total: 17, percent: 100 }]);
  });

  it('is not needed', async () => {
    const { attach, get, delivered } = scene();
    void attach();
    await get({ onProgress: null });
    expect(delivered()).toBe(content);
  });
});

describe('what earlier updates left', () => {
  it('is cleaned up after a week', async () => {
    const { attach, get, library, cache } = scene();
    const folder = join(cache, 'dosvc');
    mkdirSync(folder);
    const old = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    const present = `${hex.slice(0, 32)}.abcdef.part`;
    const target = '0'.repeat(32);
    const beside = Object.values({ ...stageNames(join(folder, target), 'key') });
    const earlier = [target, ...beside.map((path) => basename(path))];
    const later = `${'1'.repeat(32)}.abcdef.svc2`;
    // The last is a service's own, of the download that it is at.
    for (const name of [present, ...earlier, later, 'BITA1B2.tmp']) {
      writeFileSync(join(folder, name), '');
      if (name !== later) utimesSync(join(folder, name), old, old);
    }
    void attach();
    await get();
    await expect
      .poll(() => readdirSync(folder).sort())
      .toEqual([present, later, 'BITA1B2.tmp'].sort());
    expect(library.cleaned).toEqual([{ prefix: 'electron-updater/app-updater/update' }]);
  });

  const left = (cache: string) => {
    mkdirSync(join(cache, 'dosvc'));
    writeFileSync(join(cache, 'dosvc', '0'.repeat(32)), '');
  };

  it('holds no update back while it is cleaned up', async () => {
    const { attach, get, library, cache, delivered } = scene();
    left(cache);
    void attach();
    library.cleanUp = (options) => {
      library.cleaned.push(options);
      return new Promise<never>(() => undefined);
    };
    await get();
    expect(delivered()).toBe(content);
    await expect.poll(() => library.cleaned).toHaveLength(1);
  });

  it.each([
    ['has come', ({ write }: Got) => write()],
    ['has failed', () => Promise.reject(new Error('off'))],
  ])('is not cleaned up before the update %s', async (_, then) => {
    const { attach, get, library, cache } = scene();
    left(cache);
    void attach();
    let before: unknown[] | undefined;
    library.script = async (got) => {
      await sleep(50);
      before = [...library.cleaned];
      return then(got);
    };
    await get();
    expect(before).toEqual([]);
    await expect.poll(() => library.cleaned).toHaveLength(1);
  });

  it('stays when the update is cancelled', async () => {
    const { attach, get, library, cache, token } = scene();
    left(cache);
    void attach();
    library.script = ({ hang }) => {
      token.cancel();
      return hang();
    };
    await rejection(get());
    await sleep(50);
    expect(library.cleaned).toEqual([]);
  });

  it('is not looked for where there is nothing', async () => {
    const one = scene();
    const { file } = await asked(one);
    expect(one.library.cleaned).toEqual([]);
    expect(existsSync(dirname(file)) && readFileSync(one.destination, 'utf8')).toBe(content);
  });
});
