// SPDX-License-Identifier: MIT
// The properties of a download of the newer API: their types, and when they can be read and set.

import { join } from 'node:path';
import koffi from 'koffi';
import { describe, expect } from 'vitest';
import { pointerIn, room } from '../../com/vtable.js';
import { held, it } from '../../stand-in/client/fixtures.js';
import { selfSigned } from '../../http/certificate.js';
import { createDownload, createFor, Property, VT, type Variant } from './download.js';
import { StatusSink } from './status-sink.js';
import { StreamSink } from './stream-sink.js';

const E_INVALIDARG = 0x80070057;
const E_NOINTERFACE = 0x80004002;
const E_NOT_SET = 0x80070490;
const CRYPT_E_FILE_ERROR = 0x80092003;
const DO_E_UNKNOWN_PROPERTY_ID = 0x80d02011;
const DO_E_READ_ONLY_PROPERTY = 0x80d02012;
const DO_E_INVALID_STATE = 0x80d02013;
const DO_E_WRITE_ONLY_PROPERTY = 0x80d02015;
const DO_E_INTEGRITYCHECKINFO_UNSPECIFIED = 0x80d02016;
const DO_E_FILE_DOWNLOADSINK_UNSPECIFIED = 0x80d02018;
const DO_E_FILE_DOWNLOADSINK_ALREADY_SET = 0x80d02019;
const DO_E_DOWNLOAD_NO_URI = 0x80d02200;

const yes: Variant = [VT.BOOL, -1n];
const no: Variant = [VT.BOOL, 0n];

/** The properties that can be set and read back. */
const readWrite: [name: keyof typeof Property, value: Variant][] = [
  ['Uri', [VT.BSTR, 'http://127.0.0.1/ä/戻る']],
  ['ContentId', [VT.BSTR, 'content']],
  ['DisplayName', [VT.BSTR, 'Zurück']],
  ['LocalPath', [VT.BSTR, 'C:\\nowhere\\file.bin']],
  ['HttpCustomHeaders', [VT.BSTR, 'X-One: 1\r\nX-Two: 2\r\n']],
  ['CostPolicy', [VT.UI4, 3n]],
  ['CallbackFreqPercent', [VT.UI4, 10n]],
  ['CallbackFreqSeconds', [VT.UI4, 7n]],
  ['NoProgressTimeoutSeconds', [VT.UI4, 60n]],
  ['ForegroundPriority', yes],
  ['BlockingMode', yes],
  ['CorrelationVector', [VT.BSTR, 'g+Vo71JZwkmJdYfF.0']],
  ['IntegrityCheckMandatory', yes],
  ['TotalSizeBytes', [VT.UI8, 0x1_0000_0001n]],
  ['DisallowOnCellular', yes],
  ['HttpCustomAuthHeaders', [VT.BSTR, 'Authorization: Basic eA==\r\n']],
  ['HttpAllowSecureToNonSecureRedirect', yes],
  ['NonVolatile', yes],
];
const writeOnly: [name: keyof typeof Property, value: Variant][] = [
  ['SecurityFlags', [VT.UI4, 0x1000n]],
  ['NetworkToken', yes],
  ['DecryptionInfo', [VT.BSTR, '{"KeyData":"x"}']],
  [
    'IntegrityCheckInfo',
    [VT.BSTR, '{"PiecesHashFileUrl":"http://127.0.0.1/","HashOfHashes":[1,-2.5e3]}'],
  ],
];
const readOnly = [
  'Id',
  'HttpRedirectionTarget',
  'HttpResponseHeaders',
  'HttpServerIPAddress',
  'HttpStatusCode',
] as const;

describe('a property', () => {
  it('is read back as it was set, with its type', async ({ control }) => {
    const download = await createDownload();
    for (const [name, value] of readWrite) {
      expect([name, await download.trySet(Property[name], value)]).toEqual([name, 0]);
      expect([name, await download.get(Property[name])]).toEqual([name, value]);
    }
    for (const [name, value] of writeOnly) {
      expect([name, await download.trySet(Property[name], value)]).toEqual([name, 0]);
      expect([name, await download.get(Property[name])]).toEqual([name, DO_E_WRITE_ONLY_PROPERTY]);
    }
    for (const name of readOnly) {
      const hresult = await download.trySet(Property[name], [VT.BSTR, 'x']);
      expect([name, hresult]).toEqual([name, DO_E_READ_ONLY_PROPERTY]);
    }
    expect(await download.abort()).toBe(0);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });

  it('accepts only its own type', async ({ control }) => {
    const download = await createDownload();
    const others: Variant[] = [
      [VT.EMPTY, 0n],
      [VT.I4, 1n],
      [VT.R8, 0n],
      [VT.UI4, 1n],
      [VT.UI8, 1n],
      [VT.BSTR, '{}'],
      [VT.BOOL, -1n],
      [VT.UNKNOWN, 0n],
    ];
    for (const [name, [type]] of [...readWrite, ...writeOnly]) {
      for (const other of others.filter(([one]) => one !== type)) {
        const hresult = await download.trySet(Property[name], other);
        expect([name, other[0], hresult]).toEqual([name, other[0], E_INVALIDARG]);
      }
    }
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('has its default, or was never set', async ({ control }) => {
    const download = await createDownload();
    const defaults: [name: keyof typeof Property, value: Variant][] = [
      ['CostPolicy', [VT.UI4, 2n]],
      ['CallbackFreqSeconds', [VT.UI4, 1n]],
      ['NoProgressTimeoutSeconds', [VT.UI4, 0n]],
      ['ForegroundPriority', no],
      ['BlockingMode', no],
      ['HttpAllowSecureToNonSecureRedirect', no],
      ['NonVolatile', no],
    ];
    for (const [name, value] of defaults) {
      expect([name, await download.get(Property[name])]).toEqual([name, value]);
    }
    const known = new Set<string>(['Id', ...defaults.map(([name]) => name)]);
    for (const [name] of writeOnly) known.add(name);
    known.add('SecurityContext');
    for (const [name, id] of Object.entries(Property)) {
      if (!known.has(name)) expect([name, await download.get(id)]).toEqual([name, E_NOT_SET]);
    }
    expect(await download.get(Property.Id)).toEqual([
      VT.BSTR,
      expect.stringMatching(/^\{[-0-9A-F]{36}\}$/),
    ]);
    await download.set(Property.ForegroundPriority, yes);
    expect(await download.get(Property.CostPolicy)).toEqual([VT.UI4, 0n]);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('accepts only valid values', async ({ control }) => {
    const download = await createDownload();
    const wrong: [name: keyof typeof Property, value: Variant][] = [
      ['CostPolicy', [VT.UI4, 6n]],
      ['NoProgressTimeoutSeconds', [VT.UI4, 59n]],
      ['IntegrityCheckInfo', [VT.BSTR, 'blah']],
      ['IntegrityCheckInfo', [VT.BSTR, '{"a":}']],
      ['DecryptionInfo', [VT.BSTR, '{"a":1']],
      ['CallbackInterface', [VT.DISPATCH, 0n]],
      ['StreamInterface', [VT.DISPATCH, 0n]],
    ];
    for (const [name, value] of wrong) {
      const hresult = await download.trySet(Property[name], value);
      expect([name, value, hresult]).toEqual([name, value, E_INVALIDARG]);
    }
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });

  it('is unknown beyond the last one, or to an older build', async ({ control }) => {
    const download = await createDownload();
    for (const id of [30, 1000, 0xffffffff]) {
      expect(await download.get(id)).toBe(DO_E_UNKNOWN_PROPERTY_ID);
      expect(await download.trySet(id, [VT.UI4, 1n])).toBe(DO_E_UNKNOWN_PROPERTY_ID);
    }
    const last: [build: number, id: number][] = [
      [17763, 16],
      [19041, 21],
      [22000, 23],
      [22621, 25],
      [26100, 29],
    ];
    for (const [build, id] of last) {
      await control.setSwitch('build', build);
      expect([build, await download.get(id)]).not.toEqual([build, DO_E_UNKNOWN_PROPERTY_ID]);
      expect([build, await download.get(id + 1)]).toEqual([build, DO_E_UNKNOWN_PROPERTY_ID]);
    }
    download.release();
  });
});

describe('the interfaces', () => {
  it('are set, cleared by null or VT_EMPTY, and checked for their type', async ({ control }) => {
    const download = await createDownload();
    const callback = new StatusSink();
    const stream = new StreamSink();
    const nothing: Variant[] = [
      [VT.UNKNOWN, 0n],
      [VT.EMPTY, 0n],
    ];
    for (const clears of nothing) {
      await download.set(Property.CallbackInterface, callback.variant);
      expect(await download.get(Property.CallbackInterface)).toEqual([VT.UNKNOWN, 1n]);
      await download.set(Property.CallbackInterface, clears);
      expect(await download.get(Property.CallbackInterface)).toBe(E_NOT_SET);
      await download.set(Property.StreamInterface, stream.variant);
      expect(await download.get(Property.StreamInterface)).toEqual([VT.UNKNOWN, 1n]);
      await download.set(Property.StreamInterface, clears);
      expect(await download.get(Property.StreamInterface)).toBe(E_NOT_SET);
    }
    expect(await download.trySet(Property.CallbackInterface, stream.variant)).toBe(E_NOINTERFACE);
    expect(await download.trySet(Property.StreamInterface, callback.variant)).toBe(E_NOINTERFACE);
    await expect.poll(() => control.count('callbacks-held')).toBe(0);
    download.release();
  });

  it('exclude another kind of target', async ({ control, folder }) => {
    const stream = new StreamSink();
    const path: Variant = [VT.BSTR, join(folder, 'x')];
    const one = await createDownload();
    await one.set(Property.StreamInterface, stream.variant);
    expect(await one.trySet(Property.LocalPath, path)).toBe(DO_E_FILE_DOWNLOADSINK_ALREADY_SET);
    const other = await createDownload();
    await other.set(Property.LocalPath, path);
    expect(await other.trySet(Property.StreamInterface, stream.variant)).toBe(
      DO_E_FILE_DOWNLOADSINK_ALREADY_SET,
    );
    expect(await control.count('downloads')).toBe(2);
    for (const download of [one, other]) download.release();
  });
});

describe('a certificate', () => {
  it('is accepted as an array of bytes, if it is valid', async ({ control }) => {
    const automation = koffi.load('oleaut32.dll');
    const make = automation.func('void *SafeArrayCreateVector(uint16_t, int32_t, uint32_t)') as (
      type: number,
      first: number,
      count: number,
    ) => bigint;
    const access = automation.func('int32_t SafeArrayAccessData(void *, void *)') as (
      array: bigint,
      data: Buffer,
    ) => number;
    const destroy = automation.func('int32_t SafeArrayDestroy(void *)') as (
      array: bigint,
    ) => number;
    const download = await createDownload();
    // As CertSerializeCertificateStoreElement writes it: 32 is for the certificate itself, 1 for X.509.
    const { der } = selfSigned('localhost');
    const head = Buffer.alloc(12);
    [32, 1, der.length].forEach((value, at) => head.writeUInt32LE(value, at * 4));
    for (const [bytes, hresult] of [
      [Buffer.alloc(0), E_INVALIDARG],
      [Buffer.from('http://127.0.0.1/no-certificate'), CRYPT_E_FILE_ERROR],
      [Buffer.concat([head, der]), 0],
    ] as const) {
      const array = make(17, 0, bytes.length);
      const data = room();
      access(array, data);
      koffi.encode(pointerIn(data), 'uint8_t', [...bytes], bytes.length);
      const given: Variant = [VT.BYTES, array];
      expect(await download.trySet(Property.SecurityContext, given)).toBe(hresult);
      destroy(array);
    }
    expect(await download.get(Property.SecurityContext)).toBe(DO_E_WRITE_ONLY_PROPERTY);
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });
});

describe('a start', () => {
  it('requires an address and a target', async ({ control, folder }) => {
    const download = await createDownload();
    expect(await download.start()).toBe(DO_E_DOWNLOAD_NO_URI);
    await download.set(Property.Uri, [VT.BSTR, 'http://127.0.0.1:1/x']);
    expect(await download.start()).toBe(DO_E_FILE_DOWNLOADSINK_UNSPECIFIED);
    await download.set(Property.LocalPath, [VT.BSTR, join(folder, 'x')]);
    await download.set(Property.IntegrityCheckMandatory, yes);
    expect(await download.start()).toBe(DO_E_INTEGRITYCHECKINFO_UNSPECIFIED);
    expect((await download.status()).state).toBe('created');
    expect(await control.count('downloads')).toBe(1);
    download.release();
  });
});

describe('a state', () => {
  it('allows some properties to be set, and a final one allows none', async ({
    control,
    folder,
    server,
  }) => {
    const url = server.serve('file', held());
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    await download.begins();
    expect(await download.trySet(Property.Uri, [VT.BSTR, url])).toBe(DO_E_INVALID_STATE);
    expect(await download.trySet(Property.ForegroundPriority, yes)).toBe(0);
    await download.pause();
    expect(await download.trySet(Property.Uri, [VT.BSTR, url])).toBe(0);
    expect(await download.trySet(Property.NonVolatile, yes)).toBe(DO_E_INVALID_STATE);
    await download.abort();
    const name: Variant = [VT.BSTR, 'x'];
    expect(await download.trySet(Property.DisplayName, name)).toBe(DO_E_INVALID_STATE);
    expect(await download.get(Property.Uri)).toEqual([VT.BSTR, url]);
    expect(await control.count('downloads')).toBe(0);
    download.release();
  });
});
