// SPDX-License-Identifier: MIT
//
// The peer cache of BITS, through the manager's as(): its methods, and the records and peers that it
// returns.

import { inspect } from 'node:util';
import type { BackgroundCopyManager, BitsPeer, BitsPeerCacheRecord } from 'dosvc';
import { describe, expect } from 'vitest';
import { guidBytes, uint32, uint64 } from '../recorder/plan.js';
import type { RecordedObject } from '../recorder/recorder.js';
import { it, type LibraryScene } from './library-scene.js';
import { tryMethod, type Method } from './method.js';
import { allOnes, writtenBytes, writtenNumber, writtenObject, writtenText } from './written.js';

const id = '0123abcd-4567-89ef-fedc-ba9876543210';
/** In units of 100 ns since 1601. */
const year2000 = uint64(125_911_584_000_000_000n);

const cache = 'IBitsPeerCacheAdministration';
const peerCacheOf = (manager: BackgroundCopyManager) => manager.as(cache);

function methodsOn<Subject>(name: string, tries: Record<string, Omit<Method<Subject>, 'row'>>) {
  return Object.entries(tries).map(
    ([method, one]) => [method, { ...one, row: `${name}::${method}` }] as const,
  );
}

describe('the cache', () => {
  it.for(
    methodsOn<BackgroundCopyManager>(cache, {
      GetMaximumCacheSize: {
        calls: (manager) => peerCacheOf(manager).getMaximumCacheSize(),
        steps: [writtenNumber(0, 5)],
        result: 5,
      },
      SetMaximumCacheSize: {
        calls: (manager) => peerCacheOf(manager).setMaximumCacheSize(0xffff_ffff),
        given: [0xffff_ffff],
        result: null,
      },
      GetMaximumContentAge: {
        calls: (manager) => peerCacheOf(manager).getMaximumContentAge(),
        steps: [writtenNumber(0, 60)],
        result: 60,
      },
      SetMaximumContentAge: {
        calls: (manager) => peerCacheOf(manager).setMaximumContentAge(60),
        given: [60],
        result: null,
      },
      GetConfigurationFlags: {
        calls: (manager) => peerCacheOf(manager).getConfigurationFlags(),
        steps: [writtenNumber(0, 3)],
        result: 3,
      },
      SetConfigurationFlags: {
        calls: (manager) => peerCacheOf(manager).setConfigurationFlags(4),
        given: [4],
        result: null,
      },
      ClearRecords: { calls: (manager) => peerCacheOf(manager).clearRecords(), result: null },
      DeleteRecord: {
        calls: (manager) => peerCacheOf(manager).deleteRecord(id),
        given: [guidBytes(id)],
        result: null,
      },
      DeleteUrl: {
        calls: (manager) => peerCacheOf(manager).deleteUrl(new URL('http://x/')),
        given: ['http://x/'],
        result: null,
      },
      ClearPeers: { calls: (manager) => peerCacheOf(manager).clearPeers(), result: null },
      DiscoverPeers: { calls: (manager) => peerCacheOf(manager).discoverPeers(), result: null },
    }),
  )('%s', async ([, method], { scene }) => {
    await tryMethod(scene, scene.root, scene.manager, method);
  });

  it('refuses other interfaces', ({ scene: { manager } }: { scene: LibraryScene }) => {
    for (const name of ['IBackgroundCopyManager', 'IBackgroundCopyJob2', 'toString']) {
      expect(() => manager.as(name as typeof cache)).toThrow(TypeError);
    }
  });

  it('is missing on a service without it', async ({ scene }) => {
    scene.deny(scene.root, cache);
    await expect(scene.manager.as(cache).enumRecords()).rejects.toMatchObject({
      code: 'ERR_DOSVC_INTERFACE_MISSING',
      operation: `${cache}::EnumRecords`,
    });
  });

  it('is empty where BITS no longer has one', async ({ scene }) => {
    for (const method of ['EnumRecords', 'EnumPeers', 'GetRecord']) {
      scene.tell(scene.root, `${cache}::${method}`, { hresult: 1 });
    }
    expect(await scene.manager.as(cache).enumRecords()).toEqual([]);
    expect(await scene.manager.as(cache).enumPeers()).toEqual([]);
    expect(await scene.manager.as(cache).getRecord(id)).toBeNull();
  });
});

async function records(scene: LibraryScene, objects: RecordedObject[]) {
  const step = scene.enumerator('IEnumBitsPeerCacheRecords', 'IBitsPeerCacheRecord', objects);
  scene.tell(scene.root, `${cache}::EnumRecords`, { steps: [step(0)] });
  return scene.manager.as(cache).enumRecords();
}

async function peers(scene: LibraryScene, objects: RecordedObject[]) {
  const step = scene.enumerator('IEnumBitsPeers', 'IBitsPeer', objects);
  scene.tell(scene.root, `${cache}::EnumPeers`, { steps: [step(0)] });
  return scene.manager.as(cache).enumPeers();
}

describe('a record', () => {
  it.for(
    methodsOn<BitsPeerCacheRecord>('IBitsPeerCacheRecord', {
      GetId: {
        calls: (record) => record.getId(),
        steps: [writtenBytes(0, guidBytes(id))],
        result: id,
      },
      GetOriginUrl: {
        calls: (record) => record.getOriginUrl(),
        steps: [writtenText(0, 'http://x/')],
        result: 'http://x/',
      },
      GetFileSize: {
        calls: (record) => record.getFileSize(),
        steps: [writtenBytes(0, uint64(2 ** 40))],
        result: 2 ** 40,
      },
      GetFileModificationTime: {
        calls: (record) => record.getFileModificationTime(),
        steps: [writtenBytes(0, year2000)],
        result: Date.UTC(2000, 0),
      },
      GetLastAccessTime: { calls: (record) => record.getLastAccessTime(), result: null },
      GetFileRanges: {
        calls: (record) => record.getFileRanges(),
        steps: [
          writtenNumber(0, 1),
          {
            ...{ kind: 'writeMemory', argument: 1 },
            data: Buffer.concat([uint64(3), uint64(allOnes)]),
          },
        ],
        result: [{ initialOffset: 3, length: null }],
      },
      IsFileValidated: { calls: (record) => record.isFileValidated(), result: true },
    }),
  )('%s', async ([, method], { scene }) => {
    const object = scene.object();
    const [record] = await records(scene, [object]);
    if (record === undefined) throw new Error('no record');
    await tryMethod(scene, object, record, method);
  });

  it('that is not validated says so by its success code', async ({ scene }) => {
    const object = scene.object();
    const [record] = await records(scene, [object]);
    scene.tell(object, 'IBitsPeerCacheRecord::IsFileValidated', { hresult: 1 });
    expect(await record?.isFileValidated()).toBe(false);
  });

  it('is found by its id, and released by its own end or by its manager', async ({ scene }) => {
    const [object, other] = [scene.object(), scene.object()];
    const row = `${cache}::GetRecord`;
    const steps = [writtenObject(1, object, 'IBitsPeerCacheRecord')];
    const copy = { kind: 'copyBytes', argument: 0, data: uint32(16) } as const;
    scene.tell(scene.root, row, { steps: [copy, ...steps] });
    const record = await scene.manager.as(cache).getRecord(id);
    if (record === null) throw new Error('no record');
    expect(scene.calls(row).at(-1)?.copies).toEqual([guidBytes(id).toString('hex')]);
    const [kept] = await records(scene, [other]);
    await record[Symbol.asyncDispose]();
    await expect.poll(() => object.references).toBe(0);
    await expect(record.getId()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    expect(other.references).toBeGreaterThan(0);
    await scene.manager.close();
    await expect(kept?.getId()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });

  it('prints its interface and service, and nothing else', async ({ scene }) => {
    const [record] = await records(scene, [scene.object()]);
    const { service } = scene.manager.toJSON();
    expect(inspect(record)).toBe(`IBitsPeerCacheRecord { service: '${service}' }`);
    expect(JSON.stringify(record)).toBe('{}');
  });
});

describe('a peer', () => {
  it.for(
    methodsOn<BitsPeer>('IBitsPeer', {
      GetPeerName: {
        calls: (peer) => peer.getPeerName(),
        steps: [writtenText(0, 'contoso-7')],
        result: 'contoso-7',
      },
      IsAuthenticated: {
        calls: (peer) => peer.isAuthenticated(),
        steps: [writtenNumber(0, 1)],
        result: true,
      },
      IsAvailable: { calls: (peer) => peer.isAvailable(), result: false },
    }),
  )('%s', async ([, method], { scene }) => {
    const object = scene.object();
    const [peer] = await peers(scene, [object]);
    if (peer === undefined) throw new Error('no peer');
    await tryMethod(scene, object, peer, method);
    await peer[Symbol.asyncDispose]();
    await expect.poll(() => object.references).toBe(0);
  });
});
