// SPDX-License-Identifier: MIT
// lib/transfer/files/lock.ts: a lock beside a target, over processes.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLocked, lock } from '../../../../lib/transfer/files/lock.js';
import { rejection } from '../../../promises/rejection.js';
import { failures } from '../../../system/file-failures.js';
import { folders } from '../folder.js';
import { Programs } from '../program.js';

const newFolder = folders();
const failing = failures();
const programs = new Programs();
const busy = { name: 'DosvcError', code: 'ERR_DOSVC_BUSY', retryable: true };

/** A process that takes the lock and says how that went, and keeps it until it is killed. */
function holder(folder: string, path: string) {
  const body = `
    import { writeSync } from 'node:fs';
    const held = await lock(${JSON.stringify(path)}).catch((error) => error);
    writeSync(1, (held instanceof Error ? String(held.code) : 'held') + '.');
    setInterval(() => {}, 1000);`;
  return programs.start(folder, 'lib/transfer/files/lock', ['lock'], body);
}

describe('a lock', () => {
  it('is held by one until it is released, and leaves no file', async () => {
    const folder = newFolder();
    const path = join(folder, 'file.lock');
    expect(await isLocked(path)).toBe(false);
    for (let round = 0; round < 3; round += 1) {
      const held = await lock(path);
      expect(existsSync(path)).toBe(true);
      expect(await isLocked(path)).toBe(true);
      expect(await rejection(lock(path))).toMatchObject(busy);
      await held.release();
      expect(await isLocked(path)).toBe(false);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('can be released twice, and then again only by its next owner', async () => {
    const path = join(newFolder(), 'file.lock');
    const first = await lock(path);
    await first.release();
    const second = await lock(path);
    await first.release();
    expect(await isLocked(path)).toBe(true);
    await second.release();
    expect(existsSync(path)).toBe(false);
  });

  it('is held by one of many that want it at the same time', async () => {
    const path = join(newFolder(), 'file.lock');
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => lock(path)));
    const held = taken.filter((one) => one.status === 'fulfilled');
    expect(held).toHaveLength(1);
    for (const one of taken) if (one.status === 'rejected') expect(one.reason).toMatchObject(busy);
    await held[0]?.value.release();
  });

  it('is held over processes, and freed by the death of its owner', async () => {
    const folder = newFolder();
    const path = join(folder, 'file.lock');
    const owner = holder(folder, path);
    await owner.said('held');
    expect(await isLocked(path)).toBe(true);
    expect(await rejection(lock(path))).toMatchObject(busy);
    await owner.kill();
    expect(await isLocked(path)).toBe(false);
    const held = await lock(path);
    await held.release();
    expect(existsSync(path)).toBe(false);
  });

  it('is taken over from a process that died by one of many', async () => {
    const folder = newFolder();
    const path = join(folder, 'file.lock');
    const owner = holder(folder, path);
    await owner.said('held');
    await owner.kill();
    const contenders = Array.from({ length: 8 }, () => holder(folder, path));
    const said = await Promise.all(contenders.map((one) => one.said('.')));
    expect(said.toSorted()).toEqual([...Array<string>(7).fill('ERR_DOSVC_BUSY.'), 'held.']);
  });

  it('is refused where nothing can be written', async () => {
    const folder = newFolder();
    expect(await rejection(lock(join(folder, 'missing', 'file.lock')))).toMatchObject({
      code: 'ERROR_PATH_NOT_FOUND',
      cause: { code: 'ENOENT' },
    });
    failing('open', 'EPERM');
    const path = join(folder, 'file.lock');
    expect(await rejection(lock(path))).toMatchObject({
      name: 'DosvcError',
      code: 'E_ACCESSDENIED',
      message: expect.stringContaining(path) as string,
      cause: { code: 'EPERM' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
