// SPDX-License-Identifier: MIT
// as(): the methods of a later interface, by name.

import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';

describe('as()', () => {
  it('returns the methods of an interface that the service has', async ({ job }) => {
    expect(await job.as('IBackgroundCopyJob3').getFileACLFlags()).toBe(0);
    const http = job.as('IBackgroundCopyJobHttpOptions');
    await http.setCustomHeaders('X-Contoso: 1\r\nX-More: ä');
    expect(await http.getCustomHeaders()).toBe('X-Contoso: 1\r\nX-More: ä');
    await http.setSecurityFlags(3);
    expect(await http.getSecurityFlags()).toBe(3);
  });

  it('sets credentials, and removes them', async ({ job }) => {
    const job2 = job.as('IBackgroundCopyJob2');
    const credentials = { target: 1, scheme: 1, userName: 'user', password: 'secret' };
    expect(await job2.setCredentials(credentials)).toBeNull();
    expect(await job2.removeCredentials(1, 1)).toBeNull();
  });

  it('returns an object that an asynchronous function can return', async ({ job }) => {
    const later = async () => Promise.resolve(job.as('IBackgroundCopyJob3'));
    expect(await (await later()).getFileACLFlags()).toBe(0);
  });

  it('names the operation of a failed call', async ({ job }) => {
    await job.cancel();
    const cut = job.as('IBackgroundCopyJob2').getReplyProgress();
    await expect(cut).rejects.toMatchObject({
      name: 'DosvcError',
      operation: 'IBackgroundCopyJob2::GetReplyProgress',
    });
  });

  it('returns methods that reject after close()', async ({ manager, job }) => {
    const job3 = job.as('IBackgroundCopyJob3');
    await manager.close();
    await expect(job3.getFileACLFlags()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });
});

describe('bad arguments of a later interface', () => {
  it('reject with a TypeError and change nothing', async ({ job }) => {
    const headers = job.as('IBackgroundCopyJobHttpOptions');
    await headers.setSecurityFlags(1);
    for (const flags of ['2', 0.5, 2 ** 32, null]) {
      await expect(headers.setSecurityFlags(flags as number)).rejects.toMatchObject({
        name: 'TypeError',
        code: 'ERR_INVALID_ARG_VALUE',
        message: expect.stringContaining(
          'IBackgroundCopyJobHttpOptions::SetSecurityFlags',
        ) as string,
      });
    }
    expect(await headers.getSecurityFlags()).toBe(1);
  });
});
