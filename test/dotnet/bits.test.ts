// SPDX-License-Identifier: MIT
// BITS' jobs: the library finds what .NET creates, and the reverse.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { tell } from './client.js';
import { expectSame } from './same-job.js';

const clsid = '{4991D34B-80A1-4291-83B6-3328366B9097}';

describe('a job of .NET', () => {
  it('is found by the library, with the same properties', async ({
    server,
    folder,
    manager,
    own,
  }) => {
    const { url } = server.file('whole');
    const made = await tell(clsid, 'create', '.NET’s', 'words', 'high', url, join(folder, 'a.bin'));
    const job = own(await manager.getJob(made.id));
    expect(made).toMatchObject({ name: '.NET’s', description: 'words', state: 'Suspended' });
    await expectSame(job, made);
  });

  it('is transferred and completed by the library', async ({ server, folder, manager, own }) => {
    const { url, content } = server.file('whole');
    const path = join(folder, 'a.bin');
    const { id } = await tell(clsid, 'create', 'a', 'b', 'normal', url, path);
    const job = own(await manager.getJob(id));
    await job.resume();
    await job.wait();
    await expectSame(job, await tell(clsid, 'read', id));
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe('a job of the library', () => {
  it('is found, transferred and completed by .NET', async ({ server, folder, job }) => {
    const { url, content } = server.file('whole');
    const path = join(folder, 'b.bin');
    await job.setDescription('for .NET');
    await job.setPriority('low');
    await job.addFile(url, path);
    await expectSame(job, await tell(clsid, 'read', job.id));
    expect(await tell(clsid, 'list')).toContain(job.id);

    const { told, seen, code } = await tell(clsid, 'transfer', job.id);
    expect({ told, state: seen.state, code }).toEqual({
      told: 'JobTransferred',
      state: 'Transferred',
      // Wine returns BG_S_PARTIAL_COMPLETE instead of S_OK.
      code: expect.toBeOneOf([0, 0x00200017]) as number,
    });
    expect(seen.bytesTransferred).toBe(content.length);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('has the same error for both', async ({ server, folder, job }) => {
    const path = join(folder, 'c.bin');
    await job.setDescription('fails');
    await job.addFile(server.file(404).url, path);
    await job.resume();
    await expect(job.wait()).rejects.toMatchObject({ hresult: 0x80190194 });
    const seen = await tell(clsid, 'read', job.id);
    expect(seen.error?.code).toBe(0x80190194);
    await expectSame(job, seen);
    expect(existsSync(path)).toBe(false);
  });

  it('is cancelled by .NET', async ({ job }) => {
    expect(await tell(clsid, 'cancel', job.id)).toBe(true);
    expect(await job.getState()).toBe('cancelled');
  });
});
