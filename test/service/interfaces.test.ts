// SPDX-License-Identifier: MIT
// as(): the methods of a later interface, by name.

import { join } from 'node:path';
import type { BackgroundCopyFile } from 'dosvc';
import { describe, expect } from 'vitest';
import { it } from './fixtures.js';
import { underWine } from './under-wine.js';

describe('as()', () => {
  it('gives the methods of an interface that the service has', async ({ job }) => {
    expect(await job.as('IBackgroundCopyJob3').getFileACLFlags()).toBe(0);
    const http = job.as('IBackgroundCopyJobHttpOptions');
    await http.setCustomHeaders('X-Contoso: 1\r\nX-More: ä');
    expect(await http.getCustomHeaders()).toBe('X-Contoso: 1\r\nX-More: ä');
    await http.setSecurityFlags(3);
    expect(await http.getSecurityFlags()).toBe(3);
  });

  it('hands secrets over, and takes them back', async ({ job }) => {
    const job2 = job.as('IBackgroundCopyJob2');
    const credentials = { target: 1, scheme: 1, userName: 'user', password: 'secret' };
    expect(await job2.setCredentials(credentials)).toBeNull();
    expect(await job2.removeCredentials(1, 1)).toBeNull();
  });

  it('can be returned from an asynchronous function', async ({ job }) => {
    const later = async () => Promise.resolve(job.as('IBackgroundCopyJob3'));
    expect(await (await later()).getFileACLFlags()).toBe(0);
  });

  it('names the operation of a call that fails', async ({ job }) => {
    await job.cancel();
    const cut = job.as('IBackgroundCopyJob2').getReplyProgress();
    await expect(cut).rejects.toMatchObject({
      name: 'DosvcError',
      operation: 'IBackgroundCopyJob2::GetReplyProgress',
    });
  });

  it('rejects after close()', async ({ manager, job }) => {
    const job3 = job.as('IBackgroundCopyJob3');
    await manager.close();
    await expect(job3.getFileACLFlags()).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });
});

describe.runIf(underWine)('an interface that the service lacks', () => {
  const missing = (name: string, operation: string) => ({
    name: 'DosvcError',
    code: 'ERR_DOSVC_INTERFACE_MISSING',
    names: ['ERR_DOSVC_INTERFACE_MISSING', 'E_NOINTERFACE'],
    hresult: 0x80004002,
    operation,
    message: expect.stringMatching(new RegExp(`^BITS does not offer ${name} here`)) as string,
  });

  it('is told of with its name and the service', async ({ job }) => {
    await expect(job.as('IBackgroundCopyJobHttpOptions2').getHttpMethod()).rejects.toMatchObject(
      missing('IBackgroundCopyJobHttpOptions2', 'IBackgroundCopyJobHttpOptions2::GetHttpMethod'),
    );
    await expect(job.as('IBitsTokenOptions').getHelperTokenFlags()).rejects.toMatchObject(
      missing('IBitsTokenOptions', 'IBitsTokenOptions::GetHelperTokenFlags'),
    );
  });

  it('is told of by a file', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const [file] = (await job.enumFiles()) as [BackgroundCopyFile];
    await expect(file.as('IBackgroundCopyFile3').getTemporaryName()).rejects.toMatchObject(
      missing('IBackgroundCopyFile3', 'IBackgroundCopyFile3::GetTemporaryName'),
    );
    await expect(file.as('IBackgroundCopyFile4').getPeerDownloadStats()).rejects.toMatchObject(
      missing('IBackgroundCopyFile4', 'IBackgroundCopyFile4::GetPeerDownloadStats'),
    );
    expect(() => file.as('IBackgroundCopyJob3' as 'IBackgroundCopyFile3')).toThrow(TypeError);
  });
});
