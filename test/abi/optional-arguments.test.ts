// SPDX-License-Identifier: MIT
//
// Arguments that may be null arrive as null pointers, and the arguments beside them unchanged. Lists
// may be empty, and sizes unknown.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../recorder/plan.js';
import type { Value } from '../../typings/binding.js';
import { hresultOf } from '../facts/facts.js';
import { Scene } from '../recorder/scene.js';
import { layoutOf } from '../facts/struct-layout.js';
import { usersLanguage } from '../system/users-language.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

/** The only call that arrived: its arguments as 64 bits and as 32, and its copies. */
async function arrived(address: string, args: Value[], steps: Step[] = []) {
  scene.tell(scene.root, address, { steps });
  expect(await scene.invoke(address, args)).toEqual({ hresult: 0, value: null });
  const [call, ...more] = scene.calls(address);
  expect(more).toEqual([]);
  const raw = (call?.arguments ?? []).map(BigInt);
  return {
    raw,
    narrow: raw.map((bits) => Number(BigInt.asUintN(32, bits))),
    copies: call?.copies ?? [],
  };
}

const text = Buffer.from('given', 'utf16le').toString('hex');
const copyText = (argument: number): Step => ({ kind: 'copyText', argument });

it.each<[string, Value[], number[]]>([
  ['IBackgroundCopyJob::SetProxySettings', [0, null, null], [1, 2]],
  ['IBackgroundCopyJob::SetProxySettings', [0, 'given', null], [2]],
  ['IBackgroundCopyJob::SetProxySettings', [0, null, 'given'], [1]],
  ['IBackgroundCopyJob2::SetNotifyCmdLine', [null, null], [0, 1]],
  ['IBackgroundCopyJob2::SetNotifyCmdLine', ['given', null], [1]],
  ['IBackgroundCopyJob2::SetNotifyCmdLine', [null, 'given'], [0]],
  ['IBackgroundCopyJob2::SetReplyFileName', [null], [0]],
  ['IBackgroundCopyJobHttpOptions::SetCustomHeaders', [null], [0]],
  ['IDODownload::Start', [null], [0]],
  ['IBackgroundCopyJob::SetNotifyInterface', [null], [0]],
  ['IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface', [null], [0]],
])('%s takes null: %j', async (address, args, nulls) => {
  const texts = args.flatMap((value, at) => (value === 'given' ? [at] : []));
  const { raw, copies } = await arrived(address, args, texts.map(copyText));
  for (const at of nulls) expect(raw[at]).toBe(0n);
  expect(copies).toEqual(texts.map(() => text));
});

it('IDOManager::EnumDownloads takes null for its category', async () => {
  const address = 'IDOManager::EnumDownloads';
  scene.tell(scene.root, address, { hresult: hresultOf('DO_E_NO_DOWNLOADS') });
  expect(await scene.invoke(address, [null])).toEqual({ hresult: 0, value: [] });
  expect(scene.calls(address)[0]?.arguments[0]).toBe('0');
});

it.each([
  ['IBackgroundCopyManager::GetErrorDescription', [1, null], 1],
  ['IBackgroundCopyError::GetErrorDescription', [null], 0],
  ['IBackgroundCopyError::GetErrorContextDescription', [null], 0],
])("%s takes null for the user's language", async (address, args, at) => {
  const { narrow } = await arrived(address, args);
  expect(narrow[at]).toBe(usersLanguage());
});

describe('credentials', () => {
  const address = 'IBackgroundCopyJob2::SetCredentials';
  const [basic, digest, ntlm, negotiate, passport] = [1, 2, 3, 4, 5];
  const proxy = 2;
  const { fields, size } = layoutOf('BG_AUTH_CREDENTIALS');
  const data = Buffer.from([size, 0, 0, 0]);

  it.each([ntlm, negotiate, passport])(
    'of the logged-on user have no name and password: scheme %i',
    async (scheme) => {
      const credentials = { target: proxy, scheme, userName: null, password: null };
      const step: Step = { kind: 'copyBytes', argument: 0, data };
      const { copies } = await arrived(address, [credentials], [step]);
      const copy = Buffer.from(copies[0] ?? '', 'hex');
      expect([copy.readUInt32LE(0), copy.readUInt32LE(4)]).toEqual([proxy, scheme]);
      const pointers = copy.subarray(fields.at(-1)?.offset);
      expect(pointers).toEqual(Buffer.alloc(pointers.length));
    },
  );

  it.each([
    [basic, null, null],
    [digest, null, null],
    [ntlm, 'user', null],
    [ntlm, null, 'secret'],
  ])('with scheme %i are refused for %j and %j', async (scheme, userName, password) => {
    const outcome = await scene.invoke(address, [{ target: proxy, scheme, userName, password }]);
    expect(outcome).toMatchObject({ stage: 'argument', value: null });
    expect(outcome.detail).toContain('null together or not at all');
    expect(scene.calls(address)).toEqual([]);
  });
});

it('an empty text does not arrive as null', async () => {
  const address = 'IBackgroundCopyJobHttpOptions::SetCustomHeaders';
  const { raw, copies } = await arrived(address, [''], [copyText(0)]);
  expect(raw[0]).not.toBe(0n);
  expect(copies).toEqual(['']);
});

it('lists may be empty', async () => {
  expect((await arrived('IBackgroundCopyJob::AddFileSet', [[]])).narrow[0]).toBe(0);
  const ranges = await arrived('IBackgroundCopyFile6::RequestFileRanges', [[]]);
  expect(ranges.narrow[0]).toBe(0);
});

it('an empty list of download ranges arrives as a whole structure', async () => {
  const data = Buffer.from([24, 0, 0, 0]);
  const step: Step = { kind: 'copyBytes', argument: 0, data };
  const { copies } = await arrived('IDODownload::Start', [[]], [step]);
  expect(copies).toEqual(['00'.repeat(24)]);
});

it('a size of null means that it is unknown', async () => {
  const address = 'IBackgroundCopyFile6::UpdateDownloadPosition';
  expect((await arrived(address, [null])).raw[0]).toBe(0xffff_ffff_ffff_ffffn);
});

it('a length of null means up to the end, in ranges', async () => {
  const size = Buffer.from([16, 0, 0, 0]);
  const range = { initialOffset: 7, length: null };
  const whole = `${'07'.padEnd(16, '0')}${'ff'.repeat(8)}`;
  const { copies } = await arrived(
    'IBackgroundCopyFile6::RequestFileRanges',
    [[range]],
    [{ kind: 'copyBytes', argument: 1, data: size }],
  );
  expect(copies).toEqual([whole]);
  const start = await arrived(
    'IDODownload::Start',
    [[{ offset: 7, length: null }]],
    [{ kind: 'copyBytes', argument: 0, offset: 8, data: size }],
  );
  expect(start.copies).toEqual([whole]);
});

it.each([0, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])('a size of %i is passed on', async (size) => {
  const address = 'IBackgroundCopyFile6::UpdateDownloadPosition';
  expect((await arrived(address, [size])).raw[0]).toBe(BigInt(size));
});

it.each([
  [-1, 0xffff_ffff],
  [-(2 ** 31), 0x8000_0000],
  [0xffff_ffff, 0xffff_ffff],
  [0, 0],
])('a 32-bit number is passed on, signed or not: %i', async (given, bits) => {
  const { narrow } = await arrived('IBackgroundCopyJob::SetPriority', [given]);
  expect(narrow[0]).toBe(bits);
});

it('false arrives as 0', async () => {
  const { narrow } = await arrived('IBackgroundCopyFile3::SetValidationState', [false]);
  expect(narrow[0]).toBe(0);
});

it.each(['0123ABCD-4567-89EF-FEDC-BA9876543210', '{0123abcd-4567-89ef-fedc-ba9876543210}'])(
  'any usual spelling of a GUID is accepted: %s',
  async (spelling) => {
    const data = Buffer.from([16, 0, 0, 0]);
    const { copies } = await arrived(
      'IBitsPeerCacheAdministration::DeleteRecord',
      [spelling],
      [{ kind: 'copyBytes', argument: 0, data }],
    );
    expect(copies).toEqual(['cdab23016745ef89fedcba9876543210']);
  },
);

it('an argument that is left out is null', async () => {
  const { raw } = await arrived('IBackgroundCopyJob2::SetNotifyCmdLine', []);
  expect(raw.slice(0, 2)).toEqual([0n, 0n]);
});
