// SPDX-License-Identifier: MIT
// lib/transfer/files/zone.ts: the Mark of the Web.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markOfTheWeb } from '../../../../lib/transfer/files/zone.js';
import { rejection } from '../../../promises/rejection.js';
import { failures } from '../../../system/file-failures.js';
import { folders } from '../folder.js';

const newFolder = folders();
const failing = failures();
const windows = process.platform === 'win32';
const address = 'https://user:secret@example.com/file.bin?signature=secret';

describe('the Mark of the Web', () => {
  it('says that the file comes from the internet, and from which address, without its secrets', async () => {
    const folder = newFolder();
    const file = join(folder, 'file.bin');
    writeFileSync(file, 'content');
    await markOfTheWeb(file, address);
    expect(readFileSync(file, 'utf8')).toBe('content');
    if (windows) {
      expect(readFileSync(`${file}:Zone.Identifier`, 'utf8')).toBe(
        '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.com/file.bin\r\n',
      );
    } else {
      expect(readdirSync(folder)).toEqual(['file.bin']);
    }
  });

  it('is not left out in silence where Windows cannot write it', async () => {
    failing('writeFile', 'EINVAL');
    const marked = markOfTheWeb(join(newFolder(), 'file.bin'), address);
    if (windows) {
      expect(await rejection(marked)).toMatchObject({
        blame: 'disk',
        message: expect.stringContaining('cannot be marked') as string,
        cause: { code: 'EINVAL' },
      });
    } else {
      await marked;
    }
  });
});
