// SPDX-License-Identifier: MIT
// Holds native/spec/hresults/, traits.json, facilities.json and what is generated from them against the
// facts.

import { describe, expect, it } from 'vitest';
import { DO_TRANSIENT_ZONE, DO_TRANSIENT_ZONE_MASK } from '../../lib/generated/constants.js';
import {
  facilities,
  facilityBlames,
  hresults,
  httpClasses,
  type Trait,
} from '../../lib/generated/hresults.js';
import { bareName, definitions, facts, readText } from './spec-facts.js';

// The documentation names these without a value; their values are inferred.
const inferred = ['DO_E_NOT_FOUND=0x80D02003', 'DO_E_EMPTY=0x80D02004'];

// With these, BITS keeps a job in the state TRANSIENT_ERROR and resumes it by itself.
const waitingInBits = [
  'BG_E_NETWORK_DISCONNECTED',
  'BG_E_BLOCKED_BY_COST_TRANSFER_POLICY',
  'BG_E_STANDBY_MODE',
  'BG_E_BLOCKED_BY_BATTERY_POLICY',
  'BG_E_BLOCKED_BY_BATTERY_SAVER',
  'BG_E_BLOCKED_BY_BACKGROUND_ACCESS_POLICY',
  'BG_E_BLOCKED_BY_GAME_MODE',
  'BG_E_BLOCKED_BY_SYSTEM_POLICY',
];

const ours = [...hresults()];
const hex = (value: number) => `0x${value.toString(16).toUpperCase().padStart(8, '0')}`;
const codeOf = (value: number) => hresults().get(value)?.names[0];

describe('the HRESULTs of the spec', () => {
  it('are those of the facts, name for name and value for value', () => {
    const theirs = facts.hresults.map((h) => `${bareName(h.name)}=${h.value}`);
    const names = ours.flatMap(([value, { names }]) => names.map((n) => `${n}=${hex(value)}`));
    expect(theirs).toHaveLength(405);
    expect(names.sort()).toEqual([...theirs, ...inferred].sort());
    expect(facts.hresult_names_without_value.map((n) => n.name)).toEqual(
      expect.arrayContaining(inferred.map((pair) => pair.split('=')[0])),
    );
  });

  it('have no name only if none is published: HTTP statuses, and what logs show', () => {
    const nameless = ours.filter(([, { names }]) => names.length === 0).map(([value]) => value);
    const shown = facts.hresult_names_without_value.flatMap(({ value }) => value ?? []);
    const others = nameless.filter((value) => value < 0x80190064 || value > 0x80190257);
    expect(others.map(hex)).toEqual(shown);
    expect(nameless).toContain(0x801901ad);
  });

  it.each([
    [0x80d02003, 'DO_E_JOB_NOT_FOUND'],
    [0x80190194, 'BG_E_HTTP_ERROR_404'],
    [0x00200017, 'BG_S_PARTIAL_COMPLETE'],
    [0x80070005, 'E_ACCESSDENIED'],
    [0x80010115, 'RPC_S_CALLPENDING'],
    [0x800706ba, 'RPC_S_SERVER_UNAVAILABLE'],
    [0x80072ee2, 'ERROR_WINHTTP_TIMEOUT'],
    [0x80070020, 'ERROR_SHARING_VIOLATION'],
    [0x80070490, 'E_NOT_SET'],
    [0x80190001, 'HTTP_E_STATUS_UNEXPECTED'],
    [0x80194000, 'BITS_MC_JOB_CANCELLED'],
    [0, 'S_OK'],
  ])('%i has the code %s', (value, code) => {
    expect(codeOf(value)).toBe(code);
  });

  it('keep every other name after the code', () => {
    expect(hresults().get(0x80190194)?.names).toEqual([
      'BG_E_HTTP_ERROR_404',
      'HTTP_E_STATUS_NOT_FOUND',
    ]);
    expect(hresults().get(0x80070490)?.names).toEqual(['E_NOT_SET', 'ERROR_NOT_FOUND']);
    expect(hresults().get(0x80d02003)?.names).toEqual(['DO_E_JOB_NOT_FOUND', 'DO_E_NOT_FOUND']);
  });

  it('have a meaning that is a sentence of our own, without their names', () => {
    for (const [value, { names, meaning, advice }] of ours) {
      expect(meaning, hex(value)).toMatch(/^[A-Z][ -{}~]* [ -{}~]*[^.]\.$/);
      expect(names.some((name) => meaning.includes(name))).toBe(false);
      const theirs = facts.hresults.filter((h) => Number(h.value) === value);
      expect(theirs.map((h) => h.meaning)).not.toContain(meaning);
      expect(advice, hex(value)).toMatch(/^[A-Z][ -{}~]* [ -{}~]*[^.]\.$/);
    }
  });

  it('help when tried again where the service waits, or the call did not arrive', () => {
    for (const [value, { transient, traits, waitsFor, retryHelps }] of ours) {
      const passes = waitsFor !== undefined || /gone|lost|unsent/.test(traits.join());
      if (passes) expect(retryHelps, hex(value)).toBe(true);
      if (waitsFor !== undefined) expect(transient, hex(value)).toBe(true);
    }
  });

  it('are transient where the facts say so, and where BITS waits by itself', () => {
    const theirs = facts.hresults.filter((h) => h.transient === true).map((h) => h.name);
    const transient = ours.filter(([, { transient }]) => transient);
    expect(transient.map(([, { names }]) => names[0]).sort()).toEqual(
      [...theirs, ...waitingInBits].sort(),
    );
    for (const [value, { names, transient }] of ours) {
      if (names[0]?.startsWith('DO_E_') !== true) continue;
      const inZone = (value & DO_TRANSIENT_ZONE_MASK) === DO_TRANSIENT_ZONE;
      expect(transient, names[0]).toBe(inZone);
    }
  });

  it.each<[trait: Trait, codes: string[]]>([
    [
      'gone',
      [
        'CO_E_OBJNOTCONNECTED',
        'CO_E_SERVER_EXEC_FAILURE',
        'CO_E_SERVER_STOPPING',
        'RPC_E_CONNECTION_TERMINATED',
        'RPC_E_DISCONNECTED',
        'RPC_E_INVALID_IPID',
        'RPC_E_SERVER_DIED',
        'RPC_E_SERVER_DIED_DNE',
        'RPC_S_CALL_FAILED',
        'RPC_S_CALL_FAILED_DNE',
        'RPC_S_SERVER_UNAVAILABLE',
      ],
    ],
    ['unknown-object', ['BG_E_NOT_FOUND', 'DO_E_JOB_NOT_FOUND', 'DO_E_NO_DOWNLOADS']],
    [
      'not-installed',
      ['CLASS_E_CLASSNOTAVAILABLE', 'ERROR_SERVICE_DOES_NOT_EXIST', 'REGDB_E_CLASSNOTREG'],
    ],
  ])('are %s only where the library acts on it', (trait, codes) => {
    const found = ours.filter(([, { traits }]) => traits.includes(trait));
    expect(found.map(([, { names }]) => names[0]).sort()).toEqual(codes);
  });

  it('name what a download waits for', () => {
    const found = ours.flatMap(([, { names, waitsFor }]) =>
      waitsFor === undefined ? [] : [[names[0], waitsFor]],
    );
    expect(Object.fromEntries(found)).toEqual({
      DO_E_BLOCKED_BY_COST_TRANSFER_POLICY: 'cost',
      DO_E_BLOCKED_BY_CELLULAR_POLICY: 'cellular',
      DO_E_BLOCKED_BY_POWER_STATE: 'power',
      DO_E_BLOCKED_BY_NO_NETWORK: 'network',
      DO_E_BLOCKED_BY_VPN_POLICY: 'vpn',
      DO_E_BLOCKED_BY_CRITICAL_MEMORY_USAGE: 'memory',
    });
  });

  it('are built once', () => {
    expect(hresults()).toBe(hresults());
  });

  it('are in the C++ header if winerror.h does not define their names', () => {
    const expected = ours
      .map(([value, { names }]) => [names[0] ?? '', BigInt(value)] as const)
      .filter(([name]) => /^(DO_E_|BG_[ES]_(?!HTTP_))/.test(name));
    expect(definitions('native/generated/hresults.h')).toEqual(new Map(expected));
  });

  it('are all on the page of errors', () => {
    const page = readText('docs/errors.md');
    for (const [value, { names, meaning, advice, blame, transient, retryHelps }] of ours) {
      const code = names[0] === undefined ? 'no name (`FACILITY_' : `\`${names[0]}\``;
      const line = page.split('\n').find((one) => one.startsWith(`| \`${hex(value)}\` | ${code}`));
      const said = `${meaning}${transient ? ' *Transient.*' : ''} | ${advice} | ${blame}`;
      expect(line).toContain(` | ${said} | ${retryHelps ? 'helps' : ''} |`);
    }
  });
});

describe('the facilities', () => {
  it('are those of the facts', () => {
    const theirs = facts.facilities.flatMap(({ name, value }) =>
      name.split('/').map((part, i) => [i === 0 ? part : `FACILITY_${part}`, value] as const),
    );
    expect(facilities).toEqual(Object.fromEntries(theirs));
  });

  it('each have a blame for codes that are not listed', () => {
    const known = Object.values(facilities).map(String);
    expect(Object.keys(facilityBlames).sort()).toEqual([...new Set(known)].sort());
  });

  it('include that of every code in the table but success', () => {
    const known = new Set<number>(Object.values(facilities));
    for (const [value] of ours) expect(known.has((value >>> 16) & 0x7ff), hex(value)).toBe(true);
  });
});

describe('HTTP statuses without a row', () => {
  it('belong to exactly one class each, from 100 to 599', () => {
    for (let status = 100; status <= 599; status += 1) {
      const of = httpClasses.filter(({ from, to }) => from <= status && status <= to);
      expect(of, String(status)).toHaveLength(1);
      expect(of[0]?.meaning).toContain('{status}');
    }
  });

  it('share the advice of their class with rows that have none of their own', () => {
    const clientError = httpClasses.find(({ from }) => from === 400);
    expect(hresults().get(0x80190190)?.advice).toBe(clientError?.advice);
    expect(hresults().get(0x801901a0)?.advice).toContain('range');
  });
});
