// SPDX-License-Identifier: MIT
// Holds native/spec/hresults/, traits.json, facilities.json and what is generated from them against the
// facts.

import { describe, expect, it } from 'vitest';
import { DO_TRANSIENT_ZONE, DO_TRANSIENT_ZONE_MASK } from '../../lib/generated/constants.js';
import { facilities, hresults, httpClasses, type Trait } from '../../lib/generated/hresults.js';
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
      if (advice !== undefined)
        expect(advice, hex(value)).toMatch(/^[A-Z][ -{}~]* [ -{}~]*[^.]\.$/);
    }
  });

  it('have advice where a failure stops the caller', () => {
    const worthIt = [
      0x80d03002, 0x80d03801, 0x80d03803, 0x80d03804, 0x80d03805, 0x80d03806, 0x80d03807,
      0x80d0380a, 0x80d0380b, 0x80d02002, 0x80d02003, 0x80d02004, 0x80d02013, 0x80d02018,
      0x80d02019, 0x80d02203, 0x80d02204, 0x80d05011, 0x80200001, 0x80200002, 0x80200003,
      0x80200013, 0x80070422, 0x80070424, 0x800706ba, 0x800706be, 0x80010108, 0x800401fd,
      0x80070005, 0x80010123, 0x80040154, 0x80070070, 0x80070003, 0x80070020, 0x800704dd,
    ];
    for (const value of worthIt) expect(hresults().get(value)?.advice, hex(value)).toBeDefined();
  });

  it('are transient where the facts say so, and where BITS waits by itself', () => {
    const theirs = facts.hresults.filter((h) => h.transient === true).map((h) => h.name);
    const transient = ours.filter(([, { traits }]) => traits.includes('transient'));
    expect(transient.map(([, { names }]) => names[0]).sort()).toEqual(
      [...theirs, ...waitingInBits].sort(),
    );
    for (const [value, { names, traits }] of ours) {
      if (names[0]?.startsWith('DO_E_') !== true) continue;
      const inZone = (value & DO_TRANSIENT_ZONE_MASK) === DO_TRANSIENT_ZONE;
      expect(traits.includes('transient'), names[0]).toBe(inZone);
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
    for (const [value, { names, meaning }] of ours) {
      expect(page).toContain(`| \`${hex(value)}\` | \`${names[0] ?? ''}\``);
      expect(page).toContain(meaning);
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
