// SPDX-License-Identifier: MIT
// docs/diagnose.md lists every finding as the library words it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hex, hresultOf } from '../../lib/codes.js';
import type { Entry } from '../../lib/diagnose/finding.js';
import { table } from '../../lib/diagnose/table.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/diagnose.md'), 'utf8');

function rowOf([code, entry]: [string, Entry]): string {
  const { severity, meaning, advice = '', errors = {} } = entry;
  const codes = [...new Set(Object.values(errors))].map(
    (name) => `\`${name}\` (${hex(hresultOf(name) ?? 0)})`,
  );
  return `| \`${code}\` | ${severity} | ${meaning} | ${advice} | ${codes.join(', ')} |`;
}

it('docs/diagnose.md lists every finding', () => {
  const [, found = ''] = page.split('## All findings');
  const rows = found.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(Object.entries<Entry>(table).map(rowOf));
});
