// SPDX-License-Identifier: MIT
// @ts-check
// The documentation of the public API and the report for review, as files, and the names without a comment.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commentFaults } from './comments.mjs';
import { apiPage } from './page.mjs';
import { apiReport } from './report.mjs';

/**
 * @param {string} root
 * @param {import('../library/library.mjs').Library} library
 */
export function apiParts(root, library) {
  /** @type {{ interfaces: { name: string, vtable: { name: string }[] }[], enums: { name: string }[], structs: { name: string }[] }} */
  const facts = JSON.parse(readFileSync(join(root, 'test/facts/facts.json'), 'utf8'));
  const methods = facts.interfaces.flatMap(({ name, vtable }) =>
    vtable.map((method) => `${name}::${method.name}`),
  );
  const types = [...facts.interfaces, ...facts.enums, ...facts.structs].map(({ name }) => name);
  return {
    parts: [
      {
        path: 'docs/api.md',
        source: 'the comments in lib/',
        write: () => apiPage(library, [...methods, ...types]),
      },
      {
        path: 'typings/api.md',
        source: 'the declarations in lib/',
        write: () => apiReport(library),
      },
    ],
    faults: commentFaults(library),
  };
}
