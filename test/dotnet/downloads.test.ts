// SPDX-License-Identifier: MIT
// Downloads of Delivery Optimization's newer API, on the stand-in: what .NET makes, the library
// finds, and the reverse.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { it } from '../dosvc/downloads.js';
import { clsid } from '../dosvc/installation.js';
import { bytesOf } from '../dosvc/transfer/range-server.js';
import { tell } from './client.js';

const content = bytesOf(200_000);

it('is brought by .NET, with what its callback is told', async ({ control, path, server }) => {
  const uri = server.serve('file', { content });
  const done = await tell(clsid, 'download', uri, path, '.NET’s');
  expect(done).toMatchObject({
    found: { uri, path, name: '.NET’s', state: 'Transferred' },
    bytesTotal: content.length,
    bytesTransferred: content.length,
    state: 'Transferred',
    error: 0,
    after: 'Finalized',
  });
  expect(done.told).toContain('Transferred');
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(await control.count('downloads')).toBe(0);
});

it('is found by .NET where the library made it', async ({ create, path, server }) => {
  const uri = server.serve('file', { content });
  await using download = await create(uri, { displayName: 'ours' });
  expect(await tell(clsid, 'find', uri)).toEqual([
    { id: await download.getProperty('id'), uri, path, name: 'ours', state: 'Created' },
  ]);
  await download.start();
  await download.wait();
  expect(await tell(clsid, 'find', uri)).toMatchObject([{ uri, state: 'Transferred' }]);
});

it('is found by the library where .NET made it', async ({ control, downloads, path, server }) => {
  const uri = server.serve('slow', { content, pace: { bytes: 20_000, milliseconds: 200 } });
  const done = tell(clsid, 'download', uri, path, '.NET’s');
  await expect.poll(() => control.count('downloads'), { timeout: 60_000 }).toBe(1);
  const found = await downloads.enumDownloads({ uri });
  expect(found).toHaveLength(1);
  for (const download of found) {
    expect(await download.getProperty('displayName')).toBe('.NET’s');
    expect(await download.getProperty('localPath')).toBe(path);
    const { found: itself, after } = await done;
    expect(await download.getProperty('id')).toBe(itself.id);
    expect(after).toBe('Finalized');
    expect(await download.getStatus()).toMatchObject({ state: 'finalized', error: null });
  }
});
