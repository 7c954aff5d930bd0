// SPDX-License-Identifier: MIT
// What is found of an address before its server is asked.

import { describe, expect, it } from 'vitest';
import { addressFindings } from '../../../lib/diagnose/address.js';

const cases: [what: string, address: string, codes: string[], url: string | null][] = [
  ['an https URL', 'https://example.com/a?b=c', ['address-accepted'], 'https://example.com/a?b=c'],
  ['an http URL', 'http://example.com/a', ['address-accepted'], 'http://example.com/a'],
  ['no URL', 'example.com/a', ['address-invalid'], null],
  ['another scheme', 'ftp://example.com/a', ['address-scheme'], null],
  ['a file', 'file:///C:/a.txt', ['address-scheme'], null],
  ['a share', '\\\\server\\share\\file', ['address-of-share'], null],
  ['a fragment', 'https://example.com/a#b', ['address-with-fragment'], 'https://example.com/a'],
  [
    'a user and a password',
    'https://user:secret@example.com/a',
    ['address-with-credentials'],
    'https://example.com/a',
  ],
  [
    'everything at once',
    `https://secret@example.com/${'a'.repeat(2200)}#secret`,
    ['address-too-long', 'address-with-credentials', 'address-with-fragment'],
    `https://example.com/${'a'.repeat(2200)}`,
  ],
];

describe('an address that is', () => {
  it.each(cases)('%s', (_, address, codes, url) => {
    const { found, url: asked } = addressFindings(address);
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(asked?.href ?? null).toBe(url);
    expect(JSON.stringify(found)).not.toMatch(/secret|undefined|\{\w+\}/);
  });

  it('2,200 characters long, which is the limit', () => {
    const address = `https://example.com/${'a'.repeat(2180)}`;
    expect(addressFindings(address).found.map(({ code }) => code)).toEqual(['address-accepted']);
    const [found] = addressFindings(`${address}a`).found;
    expect(found).toMatchObject({ code: 'address-too-long', facts: { length: 2201 } });
  });
});
