// SPDX-License-Identifier: MIT
// Holds native/spec/enums.json, constants.json and what is generated from them against the facts.

import { describe, expect, it } from 'vitest';
import * as constants from '../../lib/generated/constants.js';
import * as enums from '../../lib/generated/enums.js';
import { definitions, facts, readText } from './spec-facts.js';

interface SpecEnum {
  name: string;
  typescript?: string;
  cpp?: false;
  meaning: string;
  values: { name: string; value: number | string; literal?: string; meaning: string }[];
}

const spec = JSON.parse(readText('native/spec/enums.json')) as SpecEnum[];
const specConstants = JSON.parse(readText('native/spec/constants.json')) as { name: string }[];

type Table = Record<string, number>;
const tables = enums as unknown as Record<string, Table | undefined>;

function tableOf(e: SpecEnum): Table {
  const type = e.typescript ?? '';
  return tables[type.charAt(0).toLowerCase() + type.slice(1)] ?? {};
}

const bare = (text: string) => text.replaceAll(/[-_]/g, '').toLowerCase();

describe('the enums of the spec', () => {
  it('are the 27 of the facts, value for value', () => {
    const plain = (list: typeof facts.enums) =>
      Object.fromEntries(
        list.map((e) => [e.name, e.values.map((v) => [v.name, Number(v.value)] as const)]),
      );
    expect(spec).toHaveLength(27);
    expect(plain(spec)).toEqual(plain(facts.enums));
  });

  it('are all that is in the C++ header, with the numbers of the facts', () => {
    // windows.h defines these names as macros, so our headers cannot declare them.
    const leftOut = new Set(['WINHTTP_SECURITY_FLAGS']);
    const expected = facts.enums
      .filter((e) => !leftOut.has(e.name))
      .flatMap((e) => e.values.map((v) => [v.name, BigInt(v.value)] as const));
    expect(definitions('native/generated/enums.h')).toEqual(new Map(expected));
  });

  it('are in TypeScript under their literals, except those without one', () => {
    const hidden = spec
      .flatMap((e) => e.values)
      .filter((v) => v.literal === undefined)
      .map((v) => v.name)
      .filter((name) => !name.startsWith('DODownloadPropertyEx_'));
    expect(hidden).toEqual(['BITS_COST_STATE_RESERVED', 'BG_HTTP_REDIRECT_POLICY_MASK']);
    for (const e of spec) {
      const literals = e.values.flatMap((v) =>
        v.literal === undefined ? [] : [[v.literal, Number(v.value)] as const],
      );
      expect(tableOf(e), e.name).toEqual(Object.fromEntries(literals));
      for (const [literal, value] of literals) expect(tableOf(e)[literal]).toBe(value);
    }
  });

  it("take their literals from the tail of COM's names", () => {
    for (const { name, literal } of spec.flatMap((e) => e.values)) {
      if (literal === undefined) continue;
      expect(literal).toMatch(/^([a-z]+(-[a-z]+)*|[a-z]+([A-Z][a-z]+)*)$/);
      expect(bare(name).endsWith(bare(literal)), `${name}: ${literal}`).toBe(true);
    }
    expect(Object.keys(enums.jobState)).toEqual([
      'queued',
      'connecting',
      'transferring',
      'suspended',
      'error',
      'transient-error',
      'transferred',
      'acknowledged',
      'cancelled',
    ]);
    expect(enums.transferPolicy['no-surcharge']).toBe(0x8000006f);
  });

  it('have a meaning in words', () => {
    for (const { meaning } of spec.flatMap((e) => [e, ...e.values])) {
      expect(meaning).toMatch(/^[A-Z0-9].* ?[^ ]*\.$/);
    }
  });
});

describe('literalOf', () => {
  it('finds the literal of a number', () => {
    expect(enums.literalOf(enums.jobState, 5)).toBe('transient-error');
    expect(enums.literalOf(enums.downloadMode, 99)).toBe('simple');
  });

  it('returns an unknown number as it is', () => {
    expect(enums.literalOf(enums.jobState, 9)).toBe(9);
    expect(enums.literalOf(enums.authTarget, 0)).toBe(0);
  });
});

describe('the constants', () => {
  it('have the values of the facts in C++ and in TypeScript', () => {
    const header = definitions('native/generated/constants.h');
    const module = constants as Record<string, number | bigint>;
    expect([...header.keys()]).toEqual(specConstants.map((c) => c.name));
    expect(Object.keys(module).sort()).toEqual([...header.keys()].sort());
    for (const [name, value] of header) {
      const fact = facts.constants.find((c) => c.name === name)?.value.split(' ')[0];
      expect(value, name).toBe(BigInt(fact ?? -1));
      expect(BigInt(module[name] ?? -1), name).toBe(value);
    }
  });
});
