// SPDX-License-Identifier: MIT
// Interfaces of Windows' BITS that Wine's lacks: how the library reports that.

import { join } from 'node:path';
import type { BackgroundCopyFile } from 'dosvc';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';

describe('an interface that the service lacks', () => {
  const missing = (name: string, operation: string) => ({
    name: 'DosvcError',
    code: 'ERR_DOSVC_INTERFACE_MISSING',
    names: ['ERR_DOSVC_INTERFACE_MISSING', 'E_NOINTERFACE'],
    hresult: 0x80004002,
    operation,
    message: expect.stringMatching(
      new RegExp(`^BITS does not implement ${name} on this system`),
    ) as string,
  });

  it('is reported with its name and the service', async ({ job }) => {
    await expect(job.as('IBackgroundCopyJobHttpOptions2').getHttpMethod()).rejects.toMatchObject(
      missing('IBackgroundCopyJobHttpOptions2', 'IBackgroundCopyJobHttpOptions2::GetHttpMethod'),
    );
    await expect(job.as('IBitsTokenOptions').getHelperTokenFlags()).rejects.toMatchObject(
      missing('IBitsTokenOptions', 'IBitsTokenOptions::GetHelperTokenFlags'),
    );
  });

  it('is reported by a file', async ({ server, folder, job }) => {
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
