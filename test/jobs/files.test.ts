// SPDX-License-Identifier: MIT
// The files of a job: added, listed and transferred.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackgroundCopyFile } from 'dosvc';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { onWinesBits, service } from '../service/service.js';

describe('files', () => {
  it('are added one by one, and listed with their names', async ({ server, folder, job }) => {
    expect(await job.enumFiles()).toEqual([]);
    const given = ['one.bin', 'two.bin', 'drei – ä.bin'].map((name) => ({
      remoteName: server.file('whole', encodeURIComponent(name)).url,
      localName: join(folder, name),
    }));
    for (const { remoteName, localName } of given) await job.addFile(remoteName, localName);

    const files = await job.enumFiles();
    for (const file of files) {
      expect(file).toBeInstanceOf(BackgroundCopyFile);
      expect(await file.getRemoteName()).toBe(file.remoteName);
      expect(await file.getLocalName()).toBe(file.localName);
      expect(await file.getProgress()).toEqual({
        bytesTotal: null,
        bytesTransferred: 0,
        completed: false,
      });
    }
    const names = files.map(({ remoteName, localName }) => ({ remoteName, localName }));
    expect(names).toHaveLength(3);
    expect(names).toEqual(expect.arrayContaining(given));
    expect(await job.getProgress()).toMatchObject({ filesTotal: 3 });
  });

  it('report their own progress', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole', 'one.bin', 1000).url, join(folder, 'one.bin'));
    await job.addFile(server.file('whole', 'two.bin', 2000).url, join(folder, 'two.bin'));
    const files = await job.enumFiles();
    await job.resume();
    await job.wait();
    const sizes = await Promise.all(
      files.map(async (file) => {
        const { bytesTotal, bytesTransferred } = await file.getProgress();
        expect(bytesTransferred).toBe(bytesTotal);
        return [file.localName, bytesTotal];
      }),
    );
    expect(new Map(sizes as [string, number][])).toEqual(
      new Map([
        [join(folder, 'one.bin'), 1000],
        [join(folder, 'two.bin'), 2000],
      ]),
    );
  });

  it('are closed one by one', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    let file;
    {
      await using listed = (await job.enumFiles())[0];
      file = listed;
    }
    await expect(file?.getProgress()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
    expect(await job.getProgress()).toMatchObject({ filesTotal: 1 });
  });
});

it('several files of one job arrive under their names, byte for byte', async ({
  server,
  folder,
  job,
}) => {
  const sizes = [0, 1, 4096, 65_537, 300_000];
  const files = sizes.map((size) => server.file('whole', `${String(size)}.bin`, size));
  for (const [at, { url }] of files.entries()) await job.addFile(url, join(folder, String(at)));
  await job.resume();
  await job.wait();
  // Until complete(), they have other names.
  for (const [at] of files.entries()) expect(readdirSync(folder)).not.toContain(String(at));
  expect(await job.complete()).toEqual({ code: 'S_OK', hresult: 0 });
  const brought = files.map((_, at) => readFileSync(join(folder, String(at))));
  expect(brought.map((bytes, at) => bytes.equals(files[at]?.content ?? bytes))).toEqual(
    sizes.map(() => true),
  );
  expect(brought.map(({ length }) => length)).toEqual(sizes);
});

it('50 MB arrive byte for byte', async ({ server, folder, job }) => {
  const { url, content } = server.file('whole', 'large.bin', 50_000_000);
  const path = join(folder, 'large.bin');
  await job.addFile(url, path);
  await job.resume();
  await job.wait();
  await job.complete();
  const [sent, brought] = [content, readFileSync(path)].map((bytes) =>
    createHash('sha256').update(bytes).digest('hex'),
  );
  expect(brought).toBe(sent);
});

describe('complete()', () => {
  it('is refused the second time, and the file remains', async ({ server, folder, job }) => {
    const { url, content } = server.file('whole');
    const path = join(folder, 'file.bin');
    await job.addFile(url, path);
    await job.resume();
    await job.wait();
    await job.complete();
    await expect(job.complete()).rejects.toMatchObject({
      ...service.invalidState,
      operation: 'IBackgroundCopyJob::Complete',
      mayHaveRun: false,
    });
    await expect(job.cancel()).rejects.toMatchObject(service.invalidState);
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe('cancel()', () => {
  it('leaves no file of a transferred job', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    await job.resume();
    await job.wait();
    const { code } = await job.cancel();
    expect(['S_OK', 'BG_S_UNABLE_TO_DELETE_FILES']).toContain(code);
    expect(await job.getState()).toBe('cancelled');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused the second time', async ({ job }) => {
    await job.cancel();
    await expect(job.cancel()).rejects.toMatchObject({
      ...service.invalidState,
      operation: 'IBackgroundCopyJob::Cancel',
    });
  });
});

describe('an unreachable server', () => {
  it('fails the job without error information on Wine’s BITS; other services retry', async ({
    server,
    folder,
    job,
  }) => {
    const { url } = server.file('whole');
    await server.stop();
    await job.addFile(url, join(folder, 'file.bin'));
    await job.resume();
    if (onWinesBits) {
      const code = 'BG_E_ERROR_INFORMATION_UNAVAILABLE';
      await expect(job.wait()).rejects.toMatchObject({ name: 'JobError', code, file: null });
      expect(await job.getState()).toBe('error');
      expect(await job.getError()).toMatchObject({ name: 'JobError', code });
    } else {
      await expect.poll(() => job.getState()).toBe('transient-error');
      expect(await job.getError()).toMatchObject({ context: service.errorContext });
    }
    await job.cancel();
    expect(readdirSync(folder)).toEqual([]);
  });
});
