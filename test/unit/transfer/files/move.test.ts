// SPDX-License-Identifier: MIT
// lib/transfer/files/move.ts: how a file gets its final name.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { moveInto } from '../../../../lib/transfer/files/move.js';
import { awaitedLater } from '../../../promises/awaited-later.js';
import { rejection } from '../../../promises/rejection.js';
import { failures } from '../../../system/file-failures.js';
import { folders } from '../folder.js';

const newFolder = folders();
const failing = failures();
const never = new AbortController().signal;

function files() {
  const folder = newFolder();
  const [from, to] = [join(folder, 'file.part'), join(folder, 'file')];
  writeFileSync(from, 'new');
  writeFileSync(to, 'old');
  return { from, to };
}

function useFakeTimers() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a file', () => {
  it('takes the place of the one that is there', async () => {
    const { from, to } = files();
    await moveInto(from, to, { signal: never });
    expect(readFileSync(to, 'utf8')).toBe('new');
    expect(existsSync(from)).toBe(false);
  });

  it('waits for whoever has opened the other one without sharing it', async () => {
    const { from, to } = files();
    // Only Windows lets a handle keep a file from being replaced.
    const exclusive = process.platform === 'win32' ? 0x1000_0000 : 0;
    const handle = await open(to, exclusive);
    const moved = awaitedLater(moveInto(from, to, { signal: never }));
    await sleep(200);
    await handle.close();
    await moved;
    expect(readFileSync(to, 'utf8')).toBe('new');
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])('is moved at last after %s', async (code) => {
    const { from, to } = files();
    const called = failing('rename', code, 12);
    useFakeTimers();
    const moved = moveInto(from, to, { signal: never });
    await vi.advanceTimersByTimeAsync(12_000);
    await moved;
    expect(called()).toBe(13);
    expect(readFileSync(to, 'utf8')).toBe('new');
  });

  it.each([
    ['EBUSY', 'ERROR_SHARING_VIOLATION'],
    ['EPERM', 'E_ACCESSDENIED'],
  ])('keeps its name if %s lasts for 30 s', async (code, name) => {
    const { from, to } = files();
    failing('rename', code);
    useFakeTimers();
    const error = rejection(moveInto(from, to, { signal: never }));
    await vi.advanceTimersByTimeAsync(32_000);
    expect(await error).toMatchObject({
      code: name,
      message: expect.stringContaining('such as a virus scanner') as string,
      cause: { code },
    });
    expect((await error) as Error).toHaveProperty('message', expect.stringContaining(from));
    expect([from, to].map((file) => readFileSync(file, 'utf8'))).toEqual(['new', 'old']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps its name if the move is aborted meanwhile', async () => {
    const { from, to } = files();
    failing('rename', 'EBUSY');
    const controller = new AbortController();
    useFakeTimers();
    const error = rejection(moveInto(from, to, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(5000);
    controller.abort('enough');
    expect(await error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' });
    expect(existsSync(from)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails at once if a folder is in the way', async () => {
    const { from, to } = files();
    rmSync(to);
    mkdirSync(to);
    const called = failing('rename', 'EPERM');
    const error = await rejection(moveInto(from, to, { signal: never }));
    expect(error).toMatchObject({ cause: { code: 'EPERM' } });
    expect(called()).toBe(1);
  });

  it('fails at once if no patience helps', async () => {
    const { from, to } = files();
    const error = await rejection(moveInto(`${from}.gone`, to, { signal: never }));
    expect(error).toMatchObject({ code: 'ERROR_PATH_NOT_FOUND', cause: { code: 'ENOENT' } });
  });
});
