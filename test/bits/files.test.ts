// SPDX-License-Identifier: MIT
// Files: the behaviour that only BITS has.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';

describe('files', () => {
  it('are added as a set, beside a single one, and arrive under their names', async ({
    server,
    folder,
    job,
  }) => {
    const files = [1, 4096, 65_537].map((size) =>
      server.file('whole', `${String(size)}.bin`, size),
    );
    const [first, ...others] = files.map(({ url }, at) => ({
      remoteName: url,
      localName: join(folder, String(at)),
    }));
    if (first === undefined) throw new Error('no file');
    await job.addFile(first.remoteName, first.localName);
    await job.addFileSet(others);
    const listed = (await job.enumFiles()).map(({ remoteName, localName }) => ({
      remoteName,
      localName,
    }));
    expect(listed).toHaveLength(3);
    expect(listed).toEqual(expect.arrayContaining([first, ...others]));

    await job.resume();
    await job.wait();
    expect(await job.complete()).toEqual({ code: 'S_OK', hresult: 0 });
    for (const [at, { content }] of files.entries()) {
      expect(readFileSync(join(folder, String(at))).equals(content)).toBe(true);
    }
  });

  it('have an id and a size for Delivery Optimization only; BITS ignores both', async ({
    server,
    folder,
    job,
  }) => {
    const { url, content } = server.file('whole');
    const path = join(folder, 'file.bin');
    await job.addFile(url, path, { fileId: 'contoso-1', size: 7 });
    const [file] = await job.enumFiles();
    expect(file).toMatchObject({ remoteName: url, localName: path });
    await job.resume();
    await job.wait();
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe('complete()', () => {
  it('keeps no file of a job that did not start, and reports that', async ({
    server,
    folder,
    job,
  }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    expect(await job.complete()).toEqual({ code: 'BG_S_PARTIAL_COMPLETE', hresult: 0x00200017 });
    expect(readdirSync(folder)).toEqual([]);
  });
});
