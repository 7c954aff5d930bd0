// SPDX-License-Identifier: MIT
// What the route http left in a folder: cleanUp() finds it where it is told to look.

import { randomUUID } from 'node:crypto';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, KEEP, type CleanUpOptions } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { cleanUpOf } from '../../../lib/transfer/clean-up.js';
import { lock } from '../../../lib/transfer/files/lock.js';
import { stagesOf } from '../../../lib/transfer/files/names.js';
import { leftParts } from '../../../lib/transfer/http/left-parts.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { rejection } from '../../promises/rejection.js';
import { half, HttpScene } from './http-scene.js';

const scene = new HttpScene();

/** Leaves a part under a key, and returns its path. */
async function leave(key?: string): Promise<string> {
  const control = new AbortController();
  const url = scene.serve({ hold: half });
  const keyed = key === undefined ? {} : { key };
  const getting = awaitedLater(scene.get(url, { ...keyed, signal: control.signal }));
  const part = () => scene.names().find((name) => name.endsWith('.part')) ?? 'none';
  const bytes = () => statSync(join(scene.folder, part()), { throwIfNoEntry: false })?.size;
  await expect.poll(bytes).toBe(half);
  control.abort(KEEP);
  await rejection(getting);
  return join(scene.folder, part());
}

/** cleanUp() in a folder alone: what is in the services may be of others, who still need it. */
function cleanUpParts(options: CleanUpOptions) {
  return cleanUpOf((folder = '') => leftParts(folder), options);
}

describe('cleanUp() with a folder', () => {
  it('looks there', async () => {
    const prefix = `com.contoso.${randomUUID()}`;
    const file = await leave(prefix);
    const { folder } = scene;
    expect(await cleanUp({ folder, prefix, olderThan: 0 })).toEqual([
      { route: 'http', key: prefix, file },
    ]);
  });

  it.each([
    ['com.contoso.app', 'com.contoso.app'],
    [undefined, null],
  ])('deletes the part of the key %j with all that belongs to it', async (key, told) => {
    const file = await leave(key);
    const { folder } = scene;
    writeFileSync(join(folder, 'other.part'), '');
    expect(await cleanUpParts({ folder })).toEqual([]);
    expect(await cleanUpParts({ folder, prefix: 'com.fabrikam.', olderThan: 0 })).toEqual([]);
    expect(await cleanUpParts({ folder, olderThan: 0 })).toEqual([
      { route: 'http', key: told, file },
    ]);
    expect(scene.names()).toEqual(['other.part']);
  });

  it('takes the last byte for its age', async () => {
    const file = await leave('a');
    const old = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    utimesSync(stagesOf(file).memory, old, old);
    expect(await cleanUpParts({ folder: scene.folder })).toEqual([]);
    utimesSync(file, old, old);
    expect(await cleanUpParts({ folder: scene.folder })).toMatchObject([{ file }]);
  });

  it('leaves alone what a download holds', async () => {
    const file = await leave('a');
    const held = await lock(stagesOf(file).lock);
    expect(await cleanUpParts({ folder: scene.folder, olderThan: 0 })).toEqual([]);
    await held.release();
    expect(await cleanUpParts({ folder: scene.folder, olderThan: 0 })).toHaveLength(1);
  });

  it.each(['', '{"tag":"a"}', 'null'])(
    'leaves alone a part of which nothing is known: %j',
    async (text) => {
      const file = await leave('a');
      writeFileSync(stagesOf(file).memory, text);
      const before = readdirSync(scene.folder);
      expect(await cleanUpParts({ folder: scene.folder, olderThan: 0 })).toEqual([]);
      expect(scene.names()).toEqual(before);
    },
  );

  it('finds nothing where there is no folder, and says which cannot be read', async () => {
    const file = await leave('a');
    expect(await cleanUpParts({ folder: join(scene.folder, 'none') })).toEqual([]);
    expect(await rejection(cleanUpParts({ folder: file }))).toMatchObject({
      name: 'DosvcError',
      message: expect.stringContaining(`The folder ${file} cannot be read.`) as string,
    });
  });
});
