// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { printable, withoutSecrets } from '../../../lib/cli/printable.js';

it.each([
  ['a name – 日本 😀', 'a name – 日本 😀'],
  ['\u001B[2Jgone', ' [2Jgone'],
  ['two\r\nlines', 'two lines'],
  ['\u009B31mred', ' 31mred'],
  ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed);
});

it.each([
  ['https://user:password@example.com/a?sig=1#part', 'https://example.com/a'],
  ['http://example.com/a@b', 'http://example.com/a@b'],
  ['\\\\server\\share\\file?', '\\\\server\\share\\file?'],
])('%s is printed as %s', (address, printed) => {
  expect(withoutSecrets(address)).toBe(printed);
});
