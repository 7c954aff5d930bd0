// SPDX-License-Identifier: MIT
// Which of the transfers that were left cleanUp() ends.

import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanUpOf, type CleanUpOptions } from '../../../lib/transfer/clean-up.js';
import { lock } from '../../../lib/transfer/files/lock.js';
import { stageNames } from '../../../lib/transfer/files/names.js';
import { rejection } from '../../promises/rejection.js';
import { folders } from './folder.js';

const newFolder = folders();
const day = 24 * 60 * 60 * 1000;

function scene(left: { key: string; days: number }[]) {
  const folder = newFolder();
  const ended: string[] = [];
  const stages = (key: string) => stageNames(join(folder, `${key || 'none'}.bin`), key);
  for (const { key } of left) writeFileSync(stages(key).service, 'left');
  let fails: string | undefined;
  const meanwhile = new Map<string, () => void>();
  async function* all() {
    for (const { key, days } of left) {
      const created = new Date(Date.now() - days * day - 1000);
      const { service: file } = stages(key);
      const end = () => {
        if (key === fails) return Promise.reject(new Error(`no end of ${key}`));
        meanwhile.get(key)?.();
        rmSync(file, { force: true });
        ended.push(key);
        return Promise.resolve();
      };
      yield await Promise.resolve({ route: 'bits' as const, key, file, created, end });
    }
  }
  return {
    folder,
    ended,
    stages,
    fail: (key: string) => (fails = key),
    whileEnding: (key: string, then: () => void) => meanwhile.set(key, then),
    clean: (options?: CleanUpOptions) => cleanUpOf(all, options),
  };
}

const left = [
  { key: 'com.contoso.app/update', days: 8 },
  { key: 'com.contoso.app/model', days: 6 },
  { key: 'com.fabrikam.app', days: 9 },
  { key: '', days: 30 },
].map(({ key, days }) => ({ key: key.replace('/', '_'), days }));

describe('cleanUp()', () => {
  it.each([
    [undefined, ['com.contoso.app_update', 'com.fabrikam.app', '']],
    [{ prefix: 'com.contoso.' }, ['com.contoso.app_update']],
    [{ prefix: 'com.contoso.', olderThan: 0 }, ['com.contoso.app_update', 'com.contoso.app_model']],
    [{ olderThan: 10 * day }, ['']],
    [{ prefix: 'com.nobody' }, []],
  ])('with %j ends %j, and their files', async (options, expected) => {
    const { ended, clean, stages } = scene(left);
    const told = await clean(options);
    expect(ended).toEqual(expected);
    expect(told).toEqual(
      expected.map((key) => ({ route: 'bits', key: key || null, file: stages(key).service })),
    );
    for (const { key } of left) {
      const remains = !expected.includes(key);
      expect([key, existsSync(stages(key).service)]).toEqual([key, remains]);
      expect(existsSync(stages(key).lock)).toBe(false);
    }
  });

  it('leaves alone what a download holds', async () => {
    const { ended, clean, stages } = scene([{ key: 'a', days: 8 }]);
    const held = await lock(stages('a').lock);
    expect(await clean()).toEqual([]);
    await held.release();
    expect(ended).toEqual([]);
    expect(existsSync(stages('a').service)).toBe(true);
    await clean();
    expect(ended).toEqual(['a']);
  });

  it('leaves alone what a younger transfer has beside it', async () => {
    const { clean, stages, folder } = scene([{ key: 'a', days: 8 }]);
    const { service, part, memory, way } = stages('a');
    for (const file of [part, memory]) writeFileSync(file, 'younger');
    writeFileSync(way, 'http');
    expect(await clean()).toHaveLength(1);
    expect(existsSync(service)).toBe(false);
    expect(readdirSync(folder).length).toBe(3);
  });

  it('deletes what says that the transfer goes on', async () => {
    const { clean, stages, folder } = scene([{ key: 'a', days: 8 }]);
    writeFileSync(stages('a').way, 'bits');
    expect(await clean()).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends what has no folder any more', async () => {
    const { ended, clean, folder } = scene([{ key: 'a', days: 8 }]);
    rmSync(folder, { recursive: true });
    await clean();
    expect(ended).toEqual(['a']);
  });

  it('rejects with the error of one after the others', async () => {
    const { ended, clean, fail } = scene(['a', 'b', 'c'].map((key) => ({ key, days: 8 })));
    fail('a');
    expect(await rejection(clean())).toMatchObject({ message: 'no end of a' });
    expect(ended).toEqual(['b', 'c']);
  });

  it('stops after the transfer that it ends when it is aborted', async () => {
    const control = new AbortController();
    const { ended, clean, stages, whileEnding } = scene(
      ['a', 'b', 'c'].map((key) => ({ key, days: 8 })),
    );
    whileEnding('b', () => {
      control.abort('enough');
    });
    const error = await rejection(clean({ signal: control.signal }));
    expect(error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' });
    expect(ended).toEqual(['a', 'b']);
    expect(['a', 'b', 'c'].filter((key) => existsSync(stages(key).service))).toEqual(['c']);
    expect(existsSync(stages('b').lock)).toBe(false);
    // What was left is ended the next time.
    expect(await clean()).toMatchObject([{ key: 'a' }, { key: 'b' }, { key: 'c' }]);
  });

  it('asks for nothing if it was aborted before', async () => {
    const { ended, clean } = scene(left);
    const error = await rejection(clean({ signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'ABORT_ERR' });
    expect(ended).toEqual([]);
  });

  it('does not wait for a service that hangs when it is aborted', async () => {
    const control = new AbortController();
    let closed = false;
    let answer: () => void = () => undefined;
    async function* hanging() {
      try {
        await new Promise<void>((resolve) => {
          answer = resolve;
          setImmediate(() => {
            control.abort();
          });
        });
        yield* [];
      } finally {
        closed = true;
      }
    }
    const error = await rejection(cleanUpOf(hanging, { signal: control.signal }));
    expect(error).toMatchObject({ code: 'ABORT_ERR' });
    expect(closed).toBe(false);
    answer();
    await expect.poll(() => closed).toBe(true);
  });

  it.each([
    { prefix: 7 },
    { olderThan: -1 },
    { olderThan: '7 days' },
    { folder: 'relative' },
    { signal: 7 },
    { older: 7 },
    7,
  ])('refuses %j', async (options) => {
    const { ended, clean } = scene(left);
    const error = await rejection(clean(options as CleanUpOptions));
    expect((error as { code: string }).code).toMatch(/^ERR_(INVALID_ARG|OUT_OF_RANGE)/);
    expect(ended).toEqual([]);
  });
});
