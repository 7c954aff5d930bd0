// SPDX-License-Identifier: MIT
// Downloads of Delivery Optimization's newer API, on the stand-in: the library finds what .NET
// creates, and the reverse.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Download } from 'dosvc';
import { it } from '../stand-in/client/downloads.js';
import { clsid } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { tell, type SeenDownload } from './client.js';

const content = bytesOf(200_000);

/** Expects that both report the same. */
async function expectSame(
  download: Download | undefined,
  seen: SeenDownload | undefined,
): Promise<void> {
  if (download === undefined || seen === undefined) throw new Error('It was not found');
  const { state, bytesTotal, bytesTransferred, error } = await download.getStatus();
  expect(seen).toEqual({
    id: await download.getProperty('id'),
    uri: await download.getProperty('uri'),
    path: await download.getProperty('localPath'),
    name: await download.getProperty('displayName'),
    state: seen.state,
    bytesTotal: bytesTotal ?? 0,
    bytesTransferred,
    error: error?.hresult ?? 0,
  });
  expect(state).toBe(seen.state.toLowerCase());
}

it('.NET completes a download, and its callback is called', async ({ control, path, server }) => {
  const uri = server.serve('file', { content });
  const done = await tell(clsid, 'download', uri, path, '.NET’s');
  expect(done).toMatchObject({
    found: {
      ...{ uri, path, name: '.NET’s', state: 'Transferred', error: 0 },
      bytesTotal: content.length,
      bytesTransferred: content.length,
    },
    after: 'Finalized',
  });
  expect(done.told).toContain('Transferred');
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(await control.count('downloads')).toBe(0);
});

it('.NET finds a download of the library', async ({ create, path, server }) => {
  const uri = server.serve('file', { content });
  await using download = await create(uri, { displayName: 'ours' });
  const [made, ...others] = await tell(clsid, 'find', uri);
  expect(others).toEqual([]);
  expect(made).toMatchObject({ uri, path, name: 'ours', state: 'Created' });
  await expectSame(download, made);
  await download.start();
  await download.wait();
  const [done] = await tell(clsid, 'find', uri);
  expect(done).toMatchObject({ state: 'Transferred', bytesTransferred: content.length });
  await expectSame(download, done);
});

it('a failed download of the library has the same error for both', async ({ create, server }) => {
  const uri = server.serve('file', { content, statuses: [404] });
  await using download = await create(uri, { displayName: 'ours' });
  await download.start();
  await expect(download.wait()).rejects.toMatchObject({ hresult: 0x80190194 });
  const [seen] = await tell(clsid, 'find', uri);
  expect(seen).toMatchObject({ state: 'Paused', error: 0x80190194 });
  await expectSame(download, seen);
  await download.abort();
});

it('a failed download of .NET has the same error for both', async ({ downloads, path, server }) => {
  const uri = server.serve('file', { content, statuses: [404] });
  const { found, after } = await tell(clsid, 'download', uri, path, '.NET’s');
  expect(found).toMatchObject({ state: 'Paused', error: 0x80190194 });
  expect(after).toBe('Paused');
  const [download, ...others] = await downloads.enumDownloads({ uri });
  expect(others).toEqual([]);
  await expectSame(download, found);
  await download?.abort();
});

it('the library finds a download of .NET', async ({ downloads, path, server }) => {
  const uri = server.serve('slow', { content, pace: { bytes: 20_000, milliseconds: 200 } });
  const done = awaitedLater(tell(clsid, 'download', uri, path, '.NET’s'));
  // .NET creates a download and then sets its properties one by one. Only once the service asks for
  // the file is each of them set.
  await expect.poll(() => server.asked.length, { timeout: 60_000 }).toBeGreaterThan(0);
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
