// SPDX-License-Identifier: MIT
// Delivery Optimization's jobs, on the stand-in: the library finds what .NET creates, and the
// reverse. The client's declarations were written from the documentation, not from the library's.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';
import { tell } from './client.js';
import { expectSame } from './same-job.js';

const content = bytesOf(200_000);

describe('a job of .NET', () => {
  it('is found by the library, with the same properties', async ({ server, folder, manager }) => {
    const url = server.serve('file', { content });
    const made = await tell(clsid, 'create', '.NET’s', 'words', 'high', url, join(folder, 'a.bin'));
    expect(made).toMatchObject({
      name: '.NET’s',
      // The service does not implement descriptions.
      description: null,
      priority: 'High',
      state: 'Suspended',
    });
    await expectSame(await manager.getJob(made.id), made);
  });

  it('is transferred and completed by the library', async ({ server, folder, manager }) => {
    const url = server.serve('file', { content });
    const path = join(folder, 'a.bin');
    const { id } = await tell(clsid, 'create', 'a', 'b', 'foreground', url, path);
    const job = await manager.getJob(id);
    await job.resume();
    await job.wait();
    await expectSame(job, await tell(clsid, 'read', id));
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe('a job of the library', () => {
  it('is found, transferred and completed by .NET', async ({ server, folder, job }) => {
    const path = join(folder, 'b.bin');
    await job.setPriority('low');
    await job.addFile(server.serve('file', { content }), path);
    await expectSame(job, await tell(clsid, 'read', job.id));

    const { told, seen, code } = await tell(clsid, 'transfer', job.id);
    expect({ told, state: seen.state, code }).toEqual({
      told: 'JobTransferred',
      state: 'Transferred',
      code: 0,
    });
    expect(seen.bytesTransferred).toBe(content.length);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('has the same error for both', async ({ server, folder, job }) => {
    const path = join(folder, 'c.bin');
    await job.addFile(server.serve('file', { content, statuses: [404] }), path);
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
