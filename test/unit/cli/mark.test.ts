// SPDX-License-Identifier: MIT
// The commands know a transfer of download() by what download() writes into it.

import { expect, it } from 'vitest';
import { isOurs, withoutMark } from '../../../lib/cli/transfers/transfer.js';
import { tagText } from '../../../lib/transfer/services/tag.js';

it.each([undefined, 'com.contoso.app/update', 'with spaces, and dosvc/1 itself'])(
  'a transfer with the key %o is ours',
  (key) => {
    const text = tagText('0123456789abcdef', key, 256);
    expect(isOurs(text)).toBe(true);
    expect(withoutMark(`update.msix ${text}`)).toBe('update.msix');
  },
);

it.each([null, '', 'Contoso update', 'dosvc/1', 'dosvc/2 tag 2026-11-30T02:57:36Z'])(
  '%o is not',
  (text) => {
    expect(isOurs(text)).toBe(false);
    expect(withoutMark(text)).toBe(text);
  },
);
