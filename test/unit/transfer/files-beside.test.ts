// SPDX-License-Identifier: MIT
// The files at the target and beside it: what is used, what stays, and what is refused before a route is
// taken.

import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lock } from '../../../lib/transfer/files/lock.js';
import { stageNames } from '../../../lib/transfer/files/names.js';
import type { TransferOptions } from '../../../lib/transfer/options.js';
import { rejection } from '../../promises/rejection.js';
import { failures } from '../../system/file-failures.js';
import { atTimeout } from './at-timeout.js';
import { breaks, codes, delivers } from './routes.js';
import { content, scenes, sha256 } from './scene.js';

const scene = scenes();
const failing = failures();
const hash = { sha256 };
const routes = ['http'] as const;

describe('a file that is there', () => {
  it('with the right hash is not fetched', async () => {
    const { ways, get, file } = scene();
    writeFileSync(file, content);
    expect(await get({ hash })).toMatchObject({
      ...{ route: 'none', id: null, bytes: content.length, file, verified: 'sha256', attempts: [] },
    });
    expect(ways.tried).toEqual([]);
  });

  it('with the right hash needs no lock', async () => {
    const { get, file } = scene();
    writeFileSync(file, content);
    const held = await lock(stageNames(file, '').lock);
    expect(await get({ hash })).toMatchObject({ route: 'none' });
    await held.release();
  });

  it.each([{}, { size: content.length }, { hash, size: 7 }] as TransferOptions[])(
    'is fetched again with %j',
    async (options) => {
      const { ways, get, file } = scene();
      writeFileSync(file, content);
      ways.on('http', delivers(content));
      await get({ routes, ...options }).catch(() => undefined);
      expect(ways.tried).toHaveLength(1);
    },
  );

  it('with another content stays until the new one is whole', async () => {
    const { ways, get, file } = scene();
    writeFileSync(file, 'before');
    const seen: string[] = [];
    ways.on('http', delivers(content));
    const verify = () => void seen.push(readFileSync(file, 'utf8'));
    await get({ routes, hash, verify });
    expect([...seen, readFileSync(file, 'utf8')]).toEqual(['before', content]);
  });
});

describe('a file that a service has finished', () => {
  it('is used if it has the hash', async () => {
    const { ways, get, file, names } = scene();
    writeFileSync(stageNames(file, 'k').service, content);
    expect(await get({ hash, key: 'k' })).toMatchObject({ route: 'none', verified: 'sha256' });
    expect(ways.tried).toEqual([]);
    expect(names()).toEqual(['file.bin']);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it.each([{}, { hash }] as TransferOptions[])('is deleted otherwise: %j', async (options) => {
    const { ways, get, file, names } = scene();
    writeFileSync(stageNames(file, '').service, 'something else');
    ways.on('http', delivers(content));
    expect(await get({ routes, ...options })).toMatchObject({ route: 'http' });
    expect(names()).toEqual(['file.bin']);
  });
});

describe('a move that fails', () => {
  it('leaves the file, and the next download only moves it', async () => {
    for (const options of [{ hash }, {}, { size: content.length }] as TransferOptions[]) {
      const { ways, get, file, names } = scene();
      ways.on('http', delivers(content, content.length));
      // A folder that comes into the way after the target was checked.
      const verify = () => void mkdirSync(join(file, 'in the way'), { recursive: true });
      const error = await rejection(get({ routes, verify, ...options }));
      expect((error as { code: string }).code).toMatch(/^E_|^ERROR_/);
      expect(names()).toHaveLength(2);
      rmSync(file, { recursive: true });

      expect(await get({ routes, ...options })).toMatchObject({ route: 'none' });
      expect(ways.tried).toHaveLength(1);
      expect(names()).toEqual(['file.bin']);
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
  });
});

describe('a file that a program holds', () => {
  it('gets its name as soon as it can', async () => {
    const { ways, get, file, names } = scene();
    ways.on('http', delivers(content));
    // Only now: the lock is renamed, too.
    let tries = () => 0;
    const verify = () => {
      tries = failing('rename', 'EBUSY', 3);
    };
    expect(await get({ routes, hash, verify })).toMatchObject({ route: 'http' });
    expect(tries()).toBe(4);
    expect(names()).toEqual(['file.bin']);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('keeps it from its name until the timeout, and the next download only moves it', async () => {
    const { ways, get, file, names } = scene();
    ways.on('http', delivers(content));
    let isHeld = true;
    let tries = 0;
    failing('rename', 'EBUSY', Infinity, (_from, to) => {
      if (to === file) tries += 1;
      return isHeld && to === file;
    });
    const error = await atTimeout(
      (late) => get({ routes, ...late }),
      () => tries > 1,
    );
    expect(error).toMatchObject({
      ...{ name: 'TransferError', code: 'ERR_DOSVC_TIMEOUT', blame: 'disk' },
      cause: { code: 'ERROR_SHARING_VIOLATION' },
      message: expect.stringContaining('Close the program that has one of them open') as string,
    });
    // The clean-up may end after the time has, and gives up the lock last.
    await expect.poll(names).toEqual([expect.stringMatching(/\.done$/)]);
    isHeld = false;
    expect(await get({ routes })).toMatchObject({ route: 'none' });
    expect(ways.tried).toHaveLength(1);
    expect(names()).toEqual(['file.bin']);
  });

  it('is not waited for after an abort, and nothing remains', async () => {
    const { ways, get, names } = scene();
    ways.on('http', delivers(content));
    const control = new AbortController();
    const verify = () => {
      failing('rename', 'EBUSY');
      setTimeout(() => {
        control.abort();
      }, 100);
    };
    const error = await rejection(get({ routes, hash, verify, signal: control.signal }));
    expect(error).toMatchObject({ code: 'ABORT_ERR' });
    expect(names()).toEqual([]);
  });
});

describe('a download that cannot be', () => {
  it('is busy while another process has the lock', async () => {
    const { ways, get, file, names } = scene();
    const held = await lock(stageNames(file, 'k').lock);
    const error = await rejection(get({ key: 'k' }));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_BUSY' });
    await held.release();
    expect(ways.tried).toEqual([]);
    expect(names()).toEqual([]);
  });

  it('has a disk that is full, with both numbers', async () => {
    const { ways, get, names } = scene();
    const size = 2 ** 52;
    const error = await rejection(get({ size }));
    expect(error).toMatchObject({ code: 'ERROR_DISK_FULL' });
    expect((error as Error).message).toMatch(new RegExp(`${String(size)}.* \\d+ `));
    expect(ways.tried).toEqual([]);
    expect(names()).toEqual([]);
  });

  it('has a folder in its place', async () => {
    const { ways, get, file } = scene();
    mkdirSync(file);
    const { part, checked } = stageNames(file, '');
    for (const one of [part, checked]) writeFileSync(one, 'left');
    await expect(get()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    expect(ways.tried).toEqual([]);
    for (const one of [part, checked]) expect(readFileSync(one, 'utf8')).toBe('left');
  });
});

describe('what remains after a failure', () => {
  it('is nothing, whatever stage it had', async () => {
    const { ways, get, names, file } = scene();
    const stages = stageNames(file, '');
    writeFileSync(stages.part, 'an earlier part');
    ways.on('bits', breaks(codes.connect)).on('http', breaks(codes.connect));
    await rejection(get({ routes: ['bits', 'http'] }));
    expect(names()).toEqual([]);
    expect(statSync(dirname(file)).isDirectory()).toBe(true);
  });

  it('is nothing after a success by another route', async () => {
    const { ways, get, names, file } = scene();
    writeFileSync(stageNames(file, '').part, 'an earlier part');
    ways.on('bits', delivers(content));
    await get({ routes: ['bits', 'http'] });
    expect(names()).toEqual(['file.bin']);
  });
});
