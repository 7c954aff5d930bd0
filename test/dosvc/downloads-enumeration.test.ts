// SPDX-License-Identifier: MIT
// Finding downloads through the library, by each category.

import { DownloadManager, type DownloadFilter } from 'dosvc';
import { expect } from 'vitest';
import { connect, it, reach } from '../stand-in/client/downloads.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';

it('enumDownloads() returns an empty list if nothing matches', async ({ downloads }) => {
  expect(await downloads.enumDownloads()).toEqual([]);
  expect(await downloads.enumDownloads({ uri: 'http://example.com/' })).toEqual([]);
  expect(await downloads.enumDownloads({ id: '{00000000-0000-0000-0000-000000000000}' })).toEqual(
    [],
  );
});

it.for(['id', 'uri', 'contentId', 'displayName', 'localPath'] as const)(
  'enumDownloads() of another manager finds by %s a download that was only created',
  async (name, { downloads, folder }) => {
    const of = (which: string) => ({
      uri: `http://127.0.0.1/${which}`,
      contentId: `content ${which}`,
      displayName: `name ${which}`,
      localPath: `${folder}\\${which}`,
    });
    const wanted = await downloads.createDownload(of('one'));
    await downloads.createDownload(of('two'));
    const other = await connect();
    const filter: DownloadFilter = {
      [name]: name === 'id' ? wanted.id : await wanted.getProperty(name),
    };
    const found = await other.enumDownloads(filter);
    expect(found.map(({ id }) => id)).toEqual([wanted.id]);
    expect(await found[0]?.getProperty('displayName')).toBe('name one');
    expect(await other.enumDownloads()).toHaveLength(2);
    await other.close();
  },
);

it('a URL object creates a download and finds it, by its text', async ({ downloads }) => {
  const uri = new URL('http://127.0.0.1/a file?b=c');
  const { id } = await downloads.createDownload({ uri });
  await downloads.createDownload({ uri: 'http://127.0.0.1/other' });
  const found = await downloads.enumDownloads({ uri });
  expect(found.map((each) => each.id)).toEqual([id]);
  expect(await found[0]?.getProperty('uri')).toBe('http://127.0.0.1/a%20file?b=c');
});

it('an enumerated download can be started', async ({ server, downloads, create }) => {
  const { id } = await create(server.serve('file', { content: bytesOf(1000) }));
  const [found] = await downloads.enumDownloads({ id });
  await found?.start();
  await found?.wait();
  await found?.finalize();
  expect((await found?.getStatus())?.state).toBe('finalized');
});

it('an enumerated download continues after a pause', async ({ server, downloads, create }) => {
  const served = { content: bytesOf(100_000), pace: { bytes: 10_000, milliseconds: 50 } };
  const download = await create(server.serve('file', served));
  await download.start();
  await download.pause();
  const [found] = await downloads.enumDownloads({ id: download.id });
  await found?.start();
  await found?.wait();
  expect((await reach(download, 'transferred')).bytesTransferred).toBe(100_000);
});

it('enumDownloads() omits a download that has ended', async ({ server, downloads, create }) => {
  const download = await create(server.serve('file', { content: bytesOf(10) }));
  await download.start();
  await download.wait();
  await download.finalize();
  expect(await downloads.enumDownloads()).toEqual([]);
});

it('enumDownloads() accepts one property, with a known name', async ({ downloads }) => {
  const refused = { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' };
  const twice = { id: 'x', uri: new URL('http://127.0.0.1/') };
  await expect(downloads.enumDownloads(twice)).rejects.toMatchObject(refused);
  const unknown = { costPolicy: 'always' } as object;
  await expect(downloads.enumDownloads(unknown)).rejects.toMatchObject(refused);
  await expect(downloads.enumDownloads({ uri: '' })).rejects.toMatchObject(refused);
  const wrong = { uri: 5 } as unknown as DownloadFilter;
  await expect(downloads.enumDownloads(wrong)).rejects.toMatchObject({
    code: 'ERR_INVALID_ARG_TYPE',
  });
  // A property that is undefined by mistake must not match every download.
  const forgotten = { id: undefined } as unknown as DownloadFilter;
  await expect(downloads.enumDownloads(forgotten)).rejects.toMatchObject(refused);
  expect(await downloads.enumDownloads({})).toEqual([]);
});

it('an id is accepted in any usual format, and returned in one', async ({ downloads }) => {
  const { id } = await downloads.createDownload();
  await downloads.createDownload();
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const spelling of [id, `{${id}}`, id.toUpperCase(), `{${id.toUpperCase()}}`]) {
    const found = await downloads.enumDownloads({ id: spelling });
    expect(found.map((one) => one.id)).toEqual([id]);
  }
});

it('enumDownloads() and createDownload() reject after close()', async ({ downloads }) => {
  await downloads.close();
  const closed = { code: 'ERR_DOSVC_CLOSED' };
  await expect(downloads.enumDownloads()).rejects.toMatchObject(closed);
  await expect(downloads.createDownload()).rejects.toMatchObject(closed);
  await downloads.close();
});

it('BITS has no downloads, so connect() rejects', async () => {
  await expect(DownloadManager.connect({ ...standIn, service: 'bits' })).rejects.toMatchObject({
    code: 'ERR_DOSVC_INTERFACE_MISSING',
    message: expect.stringContaining('BITS does not implement IDOManager') as string,
  });
});
