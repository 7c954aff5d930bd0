// SPDX-License-Identifier: MIT
// What the native code reads of the system, compared with what koffi reads or has written.

import { release } from 'node:os';
import koffi from 'koffi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binding } from '../binding/raw-binding.js';
import type { Query } from '../../typings/binding.js';
import { deleteKey, setValue } from '../system/registry.js';
import { startTypeOf, stateOf } from '../system/services.js';

const key = 'HKCU\\Software\\dosvc-test';
const windows = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const notFound = { hresult: 0x80070002, value: null };

/** The outcomes of queries, which need no object. */
function read(...queries: Query[]) {
  return binding.readSystem(queries, null);
}

const done = (value: unknown) => ({ hresult: 0, value });

describe('a value of the registry', () => {
  const long = 'x'.repeat(1000);
  beforeAll(() => {
    setValue(key, 'text', 'a text');
    setValue(key, 'ünï€', 'ünï€');
    setValue(key, 'empty', '');
    setValue(key, 'long', long);
    setValue(key, 'number', 0xfffffffe);
    setValue(key, 'bytes', Buffer.from([1, 2, 3]));
    setValue(key, '', 'the default');
  });
  afterAll(() => {
    deleteKey(key);
  });

  it.each([
    ['text', done('a text')],
    ['TEXT', done('a text')],
    ['ünï€', done('ünï€')],
    ['empty', done('')],
    ['long', done(long)],
    ['number', done(0xfffffffe)],
    ['', done('the default')],
    ['missing', notFound],
    // Neither a text nor a number: ERROR_UNSUPPORTED_TYPE.
    ['bytes', { hresult: 0x8007065e, value: null }],
  ])('%j', async (name, outcome) => {
    expect(await read(['registry', key, name])).toEqual([outcome]);
  });

  it('of the machine', async () => {
    const build = release().split('.')[2];
    expect(await read(['registry', windows, 'CurrentBuild'])).toEqual([done(build)]);
  });

  it('may have no key', async () => {
    expect(await read(['registry', `${key}\\missing`, 'text'])).toEqual([notFound]);
  });

  it('is in a hive that is known', async () => {
    const wrong = { hresult: 0x80070057, value: null };
    expect(await read(['registry', 'HKXX\\Software', 'text'])).toEqual([wrong]);
    expect(await read(['registry', 'HKCU', 'text'])).toEqual([wrong]);
  });

  it('is not needed to know whether there is the key', async () => {
    const both = await read(['registry', key], ['registry', `${key}\\missing`]);
    expect(both).toEqual([done(true), notFound]);
  });
});

describe('a service', () => {
  // Windows and Wine have it, and it runs.
  it.each(['PlugPlay', 'BITS'])('%s is as the service manager says', async (name) => {
    const value = { startType: startTypeOf(name), state: stateOf(name) };
    expect(await read(['service', name])).toEqual([done(value)]);
  });

  it('may be missing', async () => {
    const missing = { hresult: 0x80070424, value: null };
    expect(await read(['service', 'dosvc-test-missing'])).toEqual([missing]);
  });
});

describe('of this process', () => {
  it('the session is read', async () => {
    const kernel32 = koffi.load('kernel32.dll');
    const ProcessIdToSessionId = kernel32.func(
      'int __stdcall ProcessIdToSessionId(uint32_t, void *)',
    ) as (id: number, session: Buffer) => number;
    const session = Buffer.alloc(4);
    expect(ProcessIdToSessionId(process.pid, session)).not.toBe(0);
    const [outcome] = await read(['session']);
    expect(outcome).toEqual(
      done({
        session: session.readUInt32LE(),
        interactive: expect.any(Boolean) as boolean,
        administrator: isMember('BuiltinAdministrators'),
        systemAccount: expect.any(Boolean) as boolean,
      }),
    );
    expect(outcome?.value).toMatchObject({ interactive: isMember('Interactive') });
  });
});

const advapi32 = koffi.load('advapi32.dll');
const CreateWellKnownSid = advapi32.func(
  'int __stdcall CreateWellKnownSid(int, void *, void *, void *)',
) as (type: number, domain: null, sid: Buffer, size: Buffer) => number;
const CheckTokenMembership = advapi32.func(
  'int __stdcall CheckTokenMembership(void *, void *, void *)',
) as (token: null, sid: Buffer, member: Buffer) => number;
// Of WELL_KNOWN_SID_TYPE.
const sids = { Interactive: 11, BuiltinAdministrators: 26 };

function isMember(group: keyof typeof sids): boolean {
  const sid = Buffer.alloc(68);
  const size = Buffer.from([sid.length, 0, 0, 0]);
  if (!CreateWellKnownSid(sids[group], null, sid, size)) throw new Error('CreateWellKnownSid');
  const member = Buffer.alloc(4);
  if (!CheckTokenMembership(null, sid, member)) throw new Error('CheckTokenMembership');
  return member.readInt32LE() !== 0;
}

describe('of this machine', () => {
  it('the power supply is read', async () => {
    const GetSystemPowerStatus = koffi
      .load('kernel32.dll')
      .func('int __stdcall GetSystemPowerStatus(void *)') as (status: Buffer) => number;
    const status = Buffer.alloc(12);
    expect(GetSystemPowerStatus(status)).not.toBe(0);
    const [line, battery, , saver] = status;
    expect(await read(['power'])).toEqual([done({ line, battery, saver })]);
  });

  it('the cost of the network is read, where Windows knows it without COM', async () => {
    const hint = Buffer.alloc(12);
    const [outcome] = await read(['network']);
    const ask = networkHint();
    if (ask === null) {
      // Before Windows 10 version 2004, and on Wine 8: ERROR_PROC_NOT_FOUND.
      expect(outcome).toEqual({ hresult: 0x8007007f, value: null });
      return;
    }
    expect(ask(hint)).toBe(0);
    expect(outcome).toEqual(
      done({
        level: hint.readInt32LE(),
        cost: hint.readInt32LE(4),
        overLimit: hint[9] !== 0,
        roaming: hint[10] !== 0,
      }),
    );
  });

  it('the proxies are read', async () => {
    const [outcome] = await read(['proxies']);
    expect(outcome?.hresult).toBe(0);
    const { machine, user, script, autoDetect } = (outcome?.value ?? {}) as Record<string, unknown>;
    expect([machine, user, script].every((text) => text === null || typeof text === 'string')).toBe(
      true,
    );
    expect(autoDetect).toBeTypeOf('boolean');
  });
});

function networkHint(): ((hint: Buffer) => number) | null {
  try {
    return koffi
      .load('iphlpapi.dll')
      .func('uint32_t __stdcall GetNetworkConnectivityHint(void *)') as (hint: Buffer) => number;
  } catch {
    return null;
  }
}

describe('a query', () => {
  it('that is not known is refused, and the others are answered', async () => {
    const queries = [['wrong'], ['registry'], ['session']] as unknown as Query[];
    const refused = { hresult: 0x80070057, value: null, stage: 'argument' };
    expect(await read(...queries)).toEqual([
      refused,
      refused,
      expect.objectContaining({ hresult: 0 }),
    ]);
  });

  it('may be none', async () => {
    expect(await read()).toEqual([]);
  });
});
