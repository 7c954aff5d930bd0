// SPDX-License-Identifier: MIT
// The commands for downloads of Delivery Optimization's newer API, and watch over a service that dies.

import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { killService } from '../stand-in/client/death.js';
import { begins, it, reach } from '../stand-in/client/downloads.js';
import { held } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';
import { objectsIn } from '../terminal/objects.js';
import { dosvc, startDosvc } from './program.js';

const only = ['--service', clsid];
const ok = { status: 0, stderr: '' };
const name = 'Größe – 日本';

it('dosvc downloads lists them', async ({ create, server, path }) => {
  const { url } = server.file('whole');
  const download = await create(`${url}?secret=1`, { displayName: name });
  const { status, stdout, stderr } = await dosvc(['downloads', '--json', ...only]);
  expect({ status, stderr }).toEqual(ok);
  expect(objectsIn('downloads', stdout)).toMatchObject([
    {
      ...{ kind: 'download', service: clsid, id: download.id, displayName: name },
      ...{ uri: url, localPath: path, state: 'created' },
    },
  ]);
  expect(stdout).not.toContain('secret');
  const { stdout: table } = await dosvc(['downloads', ...only]);
  expect(table).toContain(`${download.id}  created`);
  expect(table).toContain(name);
});

it('without any, it says so', async ({ downloads }) => {
  expect(await downloads.enumDownloads()).toEqual([]);
  expect(await dosvc(['downloads', '--json', ...only])).toMatchObject({ ...ok, stdout: '' });
  expect((await dosvc(['downloads', ...only])).stdout).toMatch(/^There are no downloads in /);
});

it('a download is shown, resumed, suspended and cancelled', async ({ create, server }) => {
  const download = await create(server.serve('held.bin', held()));
  const { id } = download;
  expect((await dosvc(['job', id, ...only])).stdout).toMatch(/^State +created$/m);
  expect(await dosvc(['resume', id, ...only])).toMatchObject({ ...ok, stdout: 'Resumed.\n' });
  await begins(download);
  expect(await dosvc(['suspend', id, ...only])).toMatchObject({ ...ok, stdout: 'Suspended.\n' });
  await reach(download, 'paused');
  const { stdout } = await dosvc(['cancel', id, '--json', ...only]);
  expect(objectsIn('cancel', stdout)).toMatchObject([{ command: 'cancel', id, code: 'S_OK' }]);
  await reach(download, 'aborted');
});

it('a download is completed', async ({ create, server, path }) => {
  const { url, content } = server.file('whole');
  const download = await create(url);
  await download.start();
  await reach(download, 'transferred');
  expect(await dosvc(['complete', download.id, ...only])).toMatchObject(ok);
  expect(readFileSync(path).equals(content)).toBe(true);
});

it('one of download() is not completed', async ({ create, server }) => {
  const displayName = 'app.msix dosvc/1 abc123 2026-11-30T02:57:36Z com.contoso.app/update';
  const download = await create(server.file('whole').url, { displayName });
  const { status, stderr } = await dosvc(['complete', download.id, ...only]);
  expect(status).toBe(1);
  expect(stderr).toContain("was begun by 'dosvc get' or download()");
  expect((await dosvc(['downloads', ...only])).stdout).toMatch(/ app\.msix\s*$/m);
});

describe('dosvc watch', () => {
  it('goes on when the service dies, and ends with the download', async ({ create, server }) => {
    const download = await create(server.serve('held.bin', held()), { nonVolatile: true });
    await download.start();
    const child = startDosvc(['watch', download.id, '--json', ...only]);
    await child.said('"state":"transferring"');
    await killService();
    server.letGo();
    const { status, stdout, stderr } = await child.ended;
    expect({ status, stderr }).toEqual(ok);
    const objects = objectsIn('watch', stdout);
    expect(objects.at(-1)).toMatchObject({ kind: 'download', state: 'transferred' });
  });

  it('prints each that comes and goes', async ({ create, server }) => {
    const child = startDosvc(['watch', ...only]);
    try {
      const download = await create(server.file('whole').url);
      await child.said(`${download.id}  created`);
      await download.abort();
      await child.said(`${download.id}  gone`);
    } finally {
      child.process.kill('SIGKILL');
    }
    await child.ended;
  });
});
