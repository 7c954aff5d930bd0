// SPDX-License-Identifier: MIT
// The files of download() on systems other than Windows: locks that name their owner, and targets that
// are links or devices.

import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLocked, lock } from '../../lib/transfer/files/lock.js';
import { isAlive, startOf } from '../../lib/transfer/files/process-life.js';
import { readWay, writeWay } from '../../lib/transfer/files/way.js';
import { checkReplaceable, checkTarget } from '../../lib/transfer/files/within.js';
import { rejection } from '../promises/rejection.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-files-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a lock', () => {
  /** Leaves a lock of this content, and takes it. */
  async function takeOver(content: string) {
    const path = join(folder, 'file.lock');
    writeFileSync(path, content);
    expect(await isLocked(path)).toBe(false);
    const held = await lock(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await held.release();
    expect(readdirSync(folder)).toEqual([]);
  }

  it('of a process that has ended holds nothing', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await takeOver(JSON.stringify({ pid, started: 'then' }));
  });

  it('of an earlier process with the same number holds nothing', async () => {
    await takeOver(JSON.stringify({ pid: process.pid, started: 'another boot 12345' }));
  });

  it.each(['', 'not JSON', '{}', '5', '{"pid":"1","started":""}', '{"pid":0,"started":""}'])(
    'without an owner holds nothing: %j',
    takeOver,
  );

  it('is taken although a process ended while it took it', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const left of [JSON.stringify({ pid, started: 'then' }), '']) {
      writeFileSync(join(folder, 'file.loc~'), left);
      const held = await lock(join(folder, 'file.lock'));
      expect(readdirSync(folder)).toEqual(['file.lock']);
      await held.release();
    }
  });

  it('is not taken from an owner whose start cannot be read', async () => {
    const path = join(folder, 'file.lock');
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: '' }));
    expect(await rejection(lock(path))).toMatchObject({ code: 'ERR_DOSVC_BUSY' });
  });
});

describe('a process', () => {
  it('lives until it ends, also if its parent has not taken notice', async () => {
    // Of the two processes, the second is the parent of the first, and never waits for it; the shell that
    // it was before might.
    const shell = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    }) as ChildProcessByStdio<null, Readable, null>;
    const input = shell.stdio[3] as unknown as Writable;
    const program = () => readFileSync(`/proc/${String(shell.pid)}/comm`, 'utf8').trim();
    try {
      const [line] = (await once(shell.stdout, 'data')) as [Buffer];
      const child = Number(line.toString());
      const started = await startOf(shell.pid ?? 0);
      expect(started).toMatch(/^[0-9a-f-]{36} \d+$/);
      expect(await isAlive(shell.pid ?? 0, started)).toBe(true);
      await expect.poll(program).toBe('sleep');
      input.end();
      await expect.poll(() => startOf(child)).toBe('ended');
      expect(await isAlive(child, '')).toBe(false);
    } finally {
      shell.kill('SIGKILL');
      await once(shell, 'exit');
    }
    expect(await isAlive(shell.pid ?? 0, '')).toBe(false);
  });
});

describe('the start of a process', () => {
  it('is what ps says of it on other systems than Linux', async () => {
    const said = spawnSync('ps', ['-o', 'lstart=', '-p', String(process.pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    // Some systems have no ps; its output is then null.
    const expected = (said.stdout as string | null)?.trim() ?? '';
    expect(await startOf(process.pid, 'darwin')).toBe(expected);
  });
});

describe('a target', () => {
  it('is no device', async () => {
    const error = await rejection(checkReplaceable('/dev/null'));
    expect(error).toMatchObject({ code: 'E_ACCESSDENIED' });
  });

  it('is a link, unless it leads out of options.within', async () => {
    const [within, outside] = [join(folder, 'in'), join(folder, 'outside')];
    mkdirSync(within);
    writeFileSync(outside, '');
    const file = join(within, 'link');
    symlinkSync(outside, file);
    expect(await checkTarget(file, {})).toBe(file);
    expect(await rejection(checkTarget(file, { within }))).toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    });
  });

  it('may have a backslash, as any other character', async () => {
    for (const name of ['a\\b', 'a\\', 'a\\.', 'C:\\a', 'a\nb']) {
      expect(await checkTarget(join(folder, name), {})).toBe(join(folder, name));
    }
  });
});

it('the mark of a route is not written where a link leads', async () => {
  const [other, path] = [join(folder, 'other'), join(folder, 'file.way')];
  writeFileSync(other, 'precious');
  symlinkSync(other, path);
  await writeWay(path, { route: 'bits', other: true });
  expect(readFileSync(other, 'utf8')).toBe('precious');
  expect(await readWay(path)).toBeNull();
});
