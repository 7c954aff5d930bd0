// SPDX-License-Identifier: MIT
// A table fits its width, whatever is in it, and keeps what identifies a row.

import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cut, flowed, table, type Column } from '../../../lib/cli/table.js';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const columns: readonly Column[] = [
  { title: 'Id' },
  { title: '%', align: 'right' },
  { title: 'Name', least: 8 },
];

it('cuts the columns that may be cut, and only if it must', () => {
  const rows = [[id, '5 %', 'Contoso update for Windows']];
  expect(table(columns, rows, 80)).toEqual([
    `${'Id'.padEnd(36)}    %  Name`,
    `${id}  5 %  Contoso update for Windows`,
  ]);
  expect(table(columns, rows, 52)).toEqual([
    `${'Id'.padEnd(36)}    %  Name`,
    `${id}  5 %  Contoso…`,
  ]);
});

it('prints blocks of lines where the columns do not fit', () => {
  const rows = [[id, '5 %', 'Contoso update for Windows 11, a long name']];
  expect(table(columns, rows, 40)).toEqual([
    id,
    '  5 %',
    '  Contoso update for Windows 11, a long…',
  ]);
});

it('cuts nothing in a file', () => {
  const name = 'n'.repeat(300);
  expect(table(columns, [[id, '', name]], Infinity)[1]).toContain(name);
});

const texts = fc.string({
  unit: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.constant('本')),
  maxLength: 60,
});

describe.each([40, 80, 200])('in %i cells', (width) => {
  it('no line is longer, and the id is whole', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 5 }), (cells) => {
        const lines = table(
          columns,
          cells.map(([part, name]) => [id, part, name]),
          width,
        );
        const longest = Math.max(0, ...lines.map((line) => stringWidth(line)));
        expect(longest).toBeLessThanOrEqual(width);
        expect(lines.filter((line) => line.includes(id))).toHaveLength(cells.length);
      }),
    );
  });
});

it('cuts a text between characters that are two cells wide', () => {
  expect(cut('日本語のファイル', 9)).toBe('日本語の…');
  expect(cut('日本語のファイル', 8)).toBe('日本語…');
  expect(cut('short', 5)).toBe('short');
});

it('puts as many parts into a line as fit', () => {
  expect(flowed(['43 %', '12.3 of 28.6 MiB', '', '3.2 MiB/s', '5 s left'], 24)).toEqual([
    '43 %  12.3 of 28.6 MiB',
    '3.2 MiB/s  5 s left',
  ]);
});
