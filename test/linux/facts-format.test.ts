// SPDX-License-Identifier: MIT
// tools/check/facts-format.mjs: test/facts/facts.json has one line for each method, so that a change to one
// is a change of one line.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatFacts } from '../../tools/check/facts-format.mjs';

const text = readFileSync(join(import.meta.dirname, '../facts/facts.json'), 'utf8');

interface Facts {
  interfaces: { vtable: { slot: number | null; name: string }[] }[];
  enums: { values: { name: string }[] }[];
  hresults: { name: string }[];
}
const facts = JSON.parse(text) as Facts;
const lines = text.split('\n').map((line) => line.trim().replace(/,$/, ''));

it('is the format of the file', () => {
  expect(formatFacts(text)).toBe(text);
});

it('does not depend on the format that the file had, and loses nothing', () => {
  expect(formatFacts(JSON.stringify(facts))).toBe(text);
  expect(JSON.parse(formatFacts(JSON.stringify(facts)))).toEqual(facts);
});

it('has a line for each method, value and code', () => {
  const items = [
    ...facts.interfaces.flatMap(({ vtable }) => vtable),
    ...facts.enums.flatMap(({ values }) => values),
    ...facts.hresults,
  ];
  expect(items.length).toBeGreaterThan(700);
  const whole = lines.filter((line) => /^\{.*\}$/.test(line));
  const shown = new Set(whole.map((line) => JSON.stringify(JSON.parse(line))));
  expect(items.filter((item) => !shown.has(JSON.stringify(item)))).toEqual([]);
});
