// SPDX-License-Identifier: MIT
// lib/transfer/files/space.ts: whether a file will fit.

import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSpace } from '../../../../lib/transfer/files/space.js';
import { rejection } from '../../../promises/rejection.js';
import { folders } from '../folder.js';

const newFolder = folders();

describe('the free space of a volume', () => {
  it('is enough for a file that fits', async () => {
    const folder = newFolder();
    await checkSpace(folder, 0);
    await checkSpace(folder, 1);
  });

  it('is compared with the file, and the error has both numbers', async () => {
    const folder = newFolder();
    const { blocks, bsize } = statfsSync(folder);
    const bytes = blocks * bsize + 1;
    const error = await rejection(checkSpace(folder, bytes));
    expect(error).toMatchObject({
      code: 'ERROR_DISK_FULL',
      hresult: 0x80070070,
      blame: 'disk',
      message: expect.stringMatching(
        new RegExp(`^The file needs ${String(bytes)} bytes, and .* has \\d+ left\\.`),
      ) as string,
    });
  });

  it('is not compared if it cannot be read', async () => {
    await checkSpace(join(newFolder(), 'missing'), Number.MAX_SAFE_INTEGER);
  });
});
