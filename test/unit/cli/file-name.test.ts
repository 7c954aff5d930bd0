// SPDX-License-Identifier: MIT
// The name of a file that nobody here has chosen is always a safe one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameFrom, nameIn, safeName } from '../../../lib/cli/get/file-name.js';

it.each<[path: string, name: string | undefined]>([
  ['app.msix', 'app.msix'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\Windows\\win.ini', 'win.ini'],
  ['C:\\Users\\me\\a.txt', 'a.txt'],
  ['C:a.txt', 'C_a.txt'],
  ['a.txt:stream', 'a.txt_stream'],
  ['a.txt::$DATA', 'a.txt__$DATA'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['COM1.tar.gz', '_COM1.tar.gz'],
  ['com¹', '_com¹'],
  ['LPT9 .txt', '_LPT9.txt'],
  ['conin$', '_conin$'],
  ['console.log', 'console.log'],
  ['a.exe. . .', 'a.exe'],
  ['  .bashrc', 'bashrc'],
  ['..', undefined],
  ['folder/', undefined],
  ['', undefined],
  ['a\u0000b\r\n.txt', 'ab.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\uD800.txt', 'a.txt'],
  ['what? "it" <is>|*.txt', 'what_ _it_ _is___.txt'],
  ['Größe – 日本 😀.bin', 'Größe – 日本 😀.bin'],
])('of %j, %j is left', (path, name) => {
  expect(safeName(path)).toBe(name);
});

it('is short enough for every file system, and keeps its extension', () => {
  const name = safeName(`${'日'.repeat(300)}.tar.gz`) ?? '';
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/^日+\.tar\.gz$|^日+\.gz$/);
  expect(Buffer.byteLength(safeName(`a.${'b'.repeat(400)}`) ?? '')).toBe(200);
});

it('is safe whatever it is made of', () => {
  const parts = fc.oneof(
    fc.constantFrom(
      '.',
      '..',
      ' ',
      '/',
      '\\',
      ':',
      'CON',
      'nul',
      'COM1',
      '\u202E',
      '\u0000',
      '%2f',
    ),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 6 }), (made) => {
      const name = safeName(made.join(''));
      if (name === undefined) return;
      expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}]|^[.\s]|[.\s]$/u);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
      expect(name.length).toBeGreaterThan(0);
      // Made safe once more, it is the same.
      expect(safeName(name)).toBe(name);
    }),
  );
});

it.each<[address: string, name: string | undefined]>([
  ['https://example.com/a/app.msix?sig=1#part', 'app.msix'],
  ['https://example.com/a%20b.txt', 'a b.txt'],
  ['https://example.com/%E6%97%A5.txt', '日.txt'],
  ['https://example.com/%FF.txt', '%FF.txt'],
  ['https://example.com/..%2F..%2Fpasswd', 'passwd'],
  ['https://example.com/', undefined],
  ['https://example.com', undefined],
])('of %s it is %j', (address, name) => {
  expect(nameFrom(address)).toBe(name);
});

describe('a Content-Disposition header', () => {
  it.each<[header: string, name: string | undefined]>([
    ['attachment; filename=app.msix', 'app.msix'],
    ['attachment; filename="a; b.txt"', 'a; b.txt'],
    ['attachment; filename="a \\"b\\".txt"', 'a _b_.txt'],
    ['attachment; filename="fallback"; filename*=UTF-8\'\'%E6%97%A5.txt', '日.txt'],
    ["attachment; filename*=utf-8'en'a%20b.txt", 'a b.txt'],
    ["attachment; filename*=ISO-8859-1''Gr%F6%DFe.txt", 'Größe.txt'],
    ['ATTACHMENT;FILENAME=a.txt', 'a.txt'],
    // Bytes of UTF-8, as fetch() reads them, and of ISO 8859-1.
    [`attachment; filename="${Buffer.from('Größe.txt').toString('latin1')}"`, 'Größe.txt'],
    ['attachment; filename="Größe.txt"', 'Größe.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename=""', undefined],
    ['attachment', undefined],
    ['inline; name=a.txt', undefined],
    ['', undefined],
  ])('%s names %j', (header, name) => {
    expect(nameIn(header)).toBe(name);
  });
});
