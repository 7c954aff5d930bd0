// SPDX-License-Identifier: MIT
// lib/paths.ts: which paths of target files are accepted, and why the others are refused.

import { describe, expect, it } from 'vitest';
import { checkPath } from '../../lib/paths.js';

const good = [
  ...['file', 'file.bin', 'a', 'A.B.C', '.hidden', '..dots', 'file.tar.gz', 'no extension'],
  ...[
    'Ärger.bin',
    'naïve',
    'Σίσυφος',
    'файл.zip',
    '文件.zip',
    'ファイル',
    '파일',
    'ملف',
    'קובץ',
    'ไฟล์',
  ],
  ...['Straße', 'ñandú', 'İstanbul', 'œuvre', '😀.png', 'e\u0301', '\u200bzero'],
  ...["it's", "O'Neill's file", 'a & b', 'a+b', 'a,b', 'a;b', 'a=b', 'a~1', 'a^b', 'a`b', 'a!b'],
  ...[
    '100%',
    '%20',
    '%TEMP%',
    '[1]',
    '(1)',
    '{guid}',
    '#1',
    '@home',
    '$RECYCLE',
    'a  b',
    ' leading',
  ],
  ...[
    'console',
    'nul1',
    'COM',
    'COM10',
    'com0',
    'lpt',
    'auxiliary',
    'prn-file',
    'my.nul',
    'a-con.txt',
  ],
];

describe('a path', () => {
  it.each([
    'C:\\',
    'c:/folder/',
    '\\\\server\\share\\',
    '\\\\example.com.\\share\\',
    '//server/share/',
    'C:\\a\\..\\b\\.\\',
  ])('is absolute: %s', (root) => {
    expect(good.length).toBeGreaterThanOrEqual(50);
    for (const name of good) {
      expect(checkPath('path', `${root}${name}`)).toBe(`${root}${name}`);
      expect(checkPath('path', `${root}${name}\\file.bin`)).toBe(`${root}${name}\\file.bin`);
    }
  });

  it.each(['file', '.\\file', '\\file', 'C:file', '/file', 'CC:\\file', '\\\\'])(
    'is not %j',
    (path) => {
      expect(() => checkPath('path', path)).toThrow(
        "The argument 'path' must be an absolute path such as C:\\folder\\file. Received",
      );
    },
  );

  it('has as many characters as the service accepts', () => {
    const path = 'C:\\'.padEnd(259, 'x');
    expect(checkPath('path', path, 259)).toBe(path);
    expect(() => checkPath('path', `${path}x`, 259)).toThrow('1 to 259 characters');
    expect(checkPath('path', `${path}x`)).toBe(`${path}x`);
  });
});

describe('a path does not have', () => {
  const refuse = (path: string, words: string) => {
    expect(() => checkPath('path', path), path).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARG_VALUE',
        message: expect.stringContaining(words) as string,
      }) as Error,
    );
  };
  /** As a file, as a folder, and on a share. */
  const places = (name: string) => [
    ...[`C:\\${name}`, `C:\\folder\\${name}`, `c:/${name}/file.bin`],
    `\\\\server\\share\\${name}\\file.bin`,
  ];

  it.each([
    ...['NUL', 'nul', 'Con', 'PRN', 'aux', 'COM1', 'com9', 'LPT1', 'lpt9', 'COM¹', 'lpt²', 'COM³'],
    ...['nul.bin', 'NUL.tar.gz', 'con.', 'COM1 .txt', 'CONIN$', 'conout$'],
  ])('the name of a device: %s', (name) => {
    const words = name.endsWith('.') ? 'end in a dot' : 'without device names';
    for (const path of places(name)) refuse(path, words);
  });

  it.each(['file.', 'file ', 'file. ', '...', ' ', 'a.b.'])(
    'a name that ends in a dot or a space: %j',
    (name) => {
      for (const path of places(name)) refuse(path, 'do not end in a dot or a space');
    },
  );

  it.each([
    ...['a:stream', 'a:', 'b:\\c', '<', '>', 'a"b', 'a|b', 'a?', '*.bin', 'a\tb', 'a\nb'],
    ...['\u0001', '\u001f'],
  ])('a character that Windows forbids: %j', (name) => {
    const onServer = `\\\\server-${name}\\share\\file.bin`;
    for (const path of [...places(name), onServer]) refuse(path, 'none of < > : " | ? *');
  });

  it.each([
    '\\\\?\\C:\\file',
    '\\\\.\\C:\\file',
    '//?/C:/file',
    '\\\\.\\pipe\\name',
    '\\\\?',
    '//.',
  ])('a prefix that turns off checks: %s', (path) => {
    refuse(path, 'without the prefix \\\\?\\ or \\\\.\\');
  });
});
