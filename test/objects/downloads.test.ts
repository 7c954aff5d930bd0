// SPDX-License-Identifier: MIT
//
// A download's methods in the library: what reaches the service, what is refused before that, and
// what is released.

import { describe, expect } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { uint32 } from '../recorder/plan.js';
import type { Step } from '../recorder/plan.js';
import { getProperty, getStatus, it, setProperty, writtenBstr } from './download-scene.js';

const start = 'IDODownload::Start';
const abort = 'IDODownload::Abort';
const enumDownloads = 'IDOManager::EnumDownloads';

describe('a creation', () => {
  it('sets the properties and reads the id in one hop', async ({ scene }) => {
    const object = scene.prepare('some id');
    scene.tell(object, setProperty, {
      steps: [
        { kind: 'copyBytes', argument: 1, data: uint32(2) },
        { kind: 'copyBytes', argument: 1, offset: 8, data: uint32(4) },
      ],
    });
    const options = { callbackFreqSeconds: 7, foreground: true, nonVolatile: false };
    const download = await scene.manager.createDownload({ ...options, costPolicy: undefined });
    expect(download.id).toBe('some id');
    expect(scene.calls(getProperty)).toHaveLength(1);
    const set = scene.calls(setProperty);
    expect(set.map((call) => Number(call.arguments[0]) & 0xff)).toEqual([9, 11, 25]);
    expect(set.map(({ copies }) => copies[0])).toEqual(['1300', '0b00', '0b00']);
    // VARIANT_TRUE is -1, in 16 bits.
    expect(set.map(({ copies }) => copies[1]?.slice(0, 4))).toEqual(['0700', 'ffff', '0000']);
  });

  it('that fails in the middle is aborted and released', async ({ scene }) => {
    const object = scene.prepare();
    scene.tell(object, setProperty, { hresult: hresultOf('E_INVALIDARG') });
    await expect(scene.manager.createDownload({ foreground: true })).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
    expect(scene.calls(abort)).toHaveLength(1);
    await expect.poll(() => object.references).toBe(0);
  });

  it('that returns no id is aborted and released', async ({ scene }) => {
    const object = scene.prepare();
    scene.tell(object, getProperty, {});
    await expect(scene.manager.createDownload()).rejects.toMatchObject({ code: 'E_UNEXPECTED' });
    expect(scene.calls(abort)).toHaveLength(1);
    await expect.poll(() => object.references).toBe(0);
  });

  it('is released if the service stops in the middle', async ({ scene }) => {
    const object = scene.prepare();
    scene.tell(object, setProperty, { hresult: 0x800706ba });
    await expect(scene.manager.createDownload({ foreground: true })).rejects.toMatchObject({
      code: 'RPC_S_SERVER_UNAVAILABLE',
    });
    await expect.poll(() => object.references).toBe(0);
  });

  it('that returns no object fails with E_UNEXPECTED', async ({ scene }) => {
    await expect(scene.manager.createDownload()).rejects.toMatchObject({ code: 'E_UNEXPECTED' });
  });
});

describe('a start', () => {
  it('distinguishes the whole file, going on, and ranges', async ({ scene }) => {
    const { object, download } = await scene.create();
    const steps: Step[] = [
      { kind: 'copyBytes', argument: 0, data: uint32(4) },
      { kind: 'copyBytes', argument: 0, offset: 8, data: uint32(16) },
    ];
    const copies = () => scene.calls(start).at(-1)?.copies;
    scene.tell(object, start, { steps });
    await download.start();
    expect(copies()?.[0]).toBe('00000000');
    await download.start([{ offset: 5, length: 'toEnd' }]);
    expect(copies()).toEqual(['01000000', `0500000000000000${'f'.repeat(16)}`]);
    await download.start([]);
    expect(copies()?.[0]).toBe('00000000');
    scene.tell(object, start, {});
    await download.start();
    expect(scene.calls(start).at(-1)?.arguments[0]).toBe('0');
    await download.start(null);
    expect(scene.calls(start).at(-1)?.arguments[0]).toBe('0');
  });

  it('is the first one again after a first start that failed', async ({ scene }) => {
    const { object, download } = await scene.create();
    scene.tell(object, start, { hresult: hresultOf('E_ACCESSDENIED') });
    await expect(download.start()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    scene.tell(object, start, {});
    await download.start();
    await download.start();
    const passed = scene.calls(start).map((call) => call.arguments[0] === '0');
    expect(passed).toEqual([false, false, true]);
  });

  it("of another client's download depends on the state", async ({ scene }) => {
    const object = scene.object();
    scene.tell(object, getProperty, { steps: writtenBstr('of somebody') });
    for (const [state, goesOn] of [
      ['Created', false],
      ['Paused', true],
    ] as const) {
      scene.list([object]);
      const [found] = await scene.manager.enumDownloads();
      scene.enter(object, { state });
      await found?.start();
      expect(scene.calls(start).at(-1)?.arguments[0] === '0').toBe(goesOn);
    }
  });

  it.for<[name: string, ranges: unknown, code: string]>([
    ['no list', {}, 'ERR_INVALID_ARG_TYPE'],
    ['no range', [5], 'ERR_INVALID_ARG_TYPE'],
    ['no length', [{ offset: 0 }], 'ERR_INVALID_ARG_TYPE'],
    ['nothing', [{ offset: 0, length: 0 }], 'ERR_OUT_OF_RANGE'],
    ['a negative offset', [{ offset: -1, length: 1 }], 'ERR_OUT_OF_RANGE'],
    [
      'ranges that overlap',
      [
        { offset: 5, length: 6 },
        { offset: 0, length: 6 },
      ],
      'ERR_INVALID_ARG_VALUE',
    ],
    [
      'a range behind the end',
      [
        { offset: 0, length: 'toEnd' },
        { offset: 9, length: 1 },
      ],
      'ERR_INVALID_ARG_VALUE',
    ],
  ])('refuses %s before the call', async ([, ranges, code], { scene }) => {
    const { download } = await scene.create();
    await expect(download.start(ranges as [])).rejects.toMatchObject({ code });
    expect(() => download.stream({ ranges: ranges as [] })).toThrow(
      expect.objectContaining({ code }) as Error,
    );
    expect(scene.calls(start)).toEqual([]);
  });
});

it('an option that does not exist is refused before a call', async ({ scene }) => {
  const code = 'ERR_INVALID_ARG_VALUE';
  const { download } = await scene.create();
  const sent = scene.calls('IDOManager::CreateDownload').length;
  const unknown = { url: 'http://127.0.0.1/' } as object;
  await expect(scene.manager.createDownload(unknown)).rejects.toMatchObject({ code });
  await expect(scene.manager.enumDownloads(unknown)).rejects.toMatchObject({ code });
  await expect(scene.manager.enumDownloads({ id: '1', uri: '2' })).rejects.toMatchObject({ code });
  await expect(download.wait(unknown)).rejects.toMatchObject({ code });
  expect(() => download.stream(unknown)).toThrow(expect.objectContaining({ code }) as Error);
  expect(scene.calls('IDOManager::CreateDownload')).toHaveLength(sent);
  expect(scene.calls(enumDownloads)).toEqual([]);
});

it.for([
  ['pause', 'IDODownload::Pause'],
  ['abort', abort],
  ['finalize', 'IDODownload::Finalize'],
] as const)('%s reaches the service', async ([name, row], { scene }) => {
  const { download } = await scene.create();
  await download[name]();
  expect(scene.calls(row)).toHaveLength(1);
});

it.for<[given: object, status: object]>([
  [
    { state: 'Transferring', total: 0xffff_ffff_ffff_ffffn },
    { state: 'transferring', bytesTotal: null, error: null, transient: false },
  ],
  [{ state: 'Transferring', total: 0 }, { bytesTotal: null }],
  [{ state: 'Transferred', total: 0 }, { bytesTotal: 0 }],
  [
    { state: 'Paused', transferred: 5, error: 0x80d05011, extendedError: 0x80072ee7 },
    {
      state: 'paused',
      bytesTransferred: 5,
      transient: false,
      error: {
        ...{ code: 'DO_E_INSUFFICIENT_RANGE_SUPPORT', blame: 'server', transient: false },
        extendedError: { hresult: 0x80072ee7, blame: 'network', transient: false },
      },
      errorCode: 'DO_E_INSUFFICIENT_RANGE_SUPPORT',
      extendedErrorCode: 'ERROR_WINHTTP_NAME_NOT_RESOLVED',
    },
  ],
  [
    { state: 'Paused', extendedError: 0x80072ee7 },
    {
      ...{ error: null, transient: true, waitingFor: null },
      extendedError: { hresult: 0x80072ee7, transient: true },
    },
  ],
  [
    { state: 'Transferring', extendedError: 0x80d0380b },
    { transient: false, extendedError: { hresult: 0x80d0380b, transient: true } },
  ],
  [
    { state: 'Paused', error: 0x80d02002, extendedError: 0x80d03805 },
    { transient: false, error: { transient: false, extendedError: { transient: false } } },
  ],
  [
    { state: 'Paused' },
    {
      transient: false,
      ...{ error: null, errorCode: null, extendedError: null, extendedErrorCode: null },
    },
  ],
  [
    { state: 'Paused', extendedError: 0x80d03805 },
    { error: null, transient: true, waitingFor: 'network' },
  ],
])('a status is what the service reports, case %#', async ([given, status], { scene }) => {
  const { object, download } = await scene.create();
  scene.enter(object, given as { state: string });
  expect(await download.getStatus()).toMatchObject(status);
});

describe('an enumeration', () => {
  it('passes null, or a category by number', async ({ scene }) => {
    const hresult = hresultOf('DO_E_NO_DOWNLOADS');
    scene.tell(scene.root, enumDownloads, { hresult });
    expect(await scene.manager.enumDownloads()).toEqual([]);
    expect(scene.calls(enumDownloads).at(-1)?.arguments[0]).toBe('0');
    scene.tell(scene.root, enumDownloads, {
      hresult,
      steps: [{ kind: 'copyBytes', argument: 0, data: uint32(4) }],
    });
    expect(await scene.manager.enumDownloads({ localPath: 'C:\\x' })).toEqual([]);
    expect(scene.calls(enumDownloads).at(-1)?.copies).toEqual(['04000000']);
  });

  it('releases a download that ended in between', async ({ scene }) => {
    const [gone, here] = [scene.object(), scene.object()];
    scene.tell(gone, getProperty, { hresult: hresultOf('DO_E_INVALID_STATE') });
    scene.tell(here, getProperty, { steps: writtenBstr('here') });
    scene.list([gone, here]);
    expect((await scene.manager.enumDownloads()).map(({ id }) => id)).toEqual(['here']);
    await expect.poll(() => gone.references).toBe(0);
  });

  it('is released and repeated if the service stops in the middle', async ({ scene }) => {
    const [whole, gone] = [scene.object(), scene.object()];
    scene.tell(whole, getProperty, { steps: writtenBstr('whole') });
    scene.tell(gone, getProperty, { hresult: 0x800706ba });
    scene.list([whole, gone]);
    // A recorded enumerator can be drained only once.
    expect(await scene.manager.enumDownloads()).toEqual([]);
    expect(scene.calls(enumDownloads)).toHaveLength(2);
    await expect.poll(() => [whole.references, gone.references]).toEqual([0, 0]);
  });
});

describe('disposing of a download', () => {
  it.for<[state: string, row: string | undefined]>([
    ['Created', abort],
    ['Paused', abort],
    ['Transferred', 'IDODownload::Finalize'],
    ['Finalized', undefined],
    ['Aborted', undefined],
  ])('that is %s ends it if needed, and releases it', async ([state, row], { scene }) => {
    const { object, download } = await scene.create();
    scene.enter(object, { state });
    await download[Symbol.asyncDispose]();
    const ends = [abort, 'IDODownload::Finalize'].filter((one) => scene.calls(one).length > 0);
    expect(ends).toEqual(row === undefined ? [] : [row]);
    await expect.poll(() => object.references).toBe(0);
    const before = scene.calls().length;
    await download[Symbol.asyncDispose]();
    expect(scene.calls()).toHaveLength(before);
  });

  it("fails with the service's error, and releases it all the same", async ({ scene }) => {
    const { object, download } = await scene.create();
    scene.tell(object, abort, { hresult: hresultOf('E_ACCESSDENIED') });
    await expect(download[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'E_ACCESSDENIED',
    });
    await expect.poll(() => object.references).toBe(0);
  });

  it('after the manager was closed does nothing', async ({ scene }) => {
    const { download } = await scene.create();
    await scene.manager.close();
    await download[Symbol.asyncDispose]();
    expect(scene.calls(abort)).toEqual([]);
    expect(scene.calls(getStatus)).toEqual([]);
  });
});
