// SPDX-License-Identifier: MIT
// The typed methods of BITS' later interfaces, as far as Wine's BITS has them: what is set is read back,
// and reaches the server.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { onWinesBits } from '../service/service.js';

describe('a job', () => {
  it('has no headers and no flags until they are set', async ({ job }) => {
    expect(await job.getCustomHeaders()).toBeNull();
    expect(await job.getFileACLFlags()).toEqual([]);
    expect(await job.getSecurityFlags()).toMatchObject({
      redirectPolicy: 'allow-silent',
      enableCrlCheck: false,
    });
  });

  it('returns the headers that were set, until they are removed', async ({ job }) => {
    await job.setCustomHeaders(new Headers({ 'X-Contoso': '1', 'X-More': 'ä' }));
    expect(await job.getCustomHeaders()).toEqual({ 'x-contoso': '1', 'x-more': 'ä' });
    await job.setCustomHeaders({ 'X-Other': 'a: b' });
    expect(await job.getCustomHeaders()).toEqual({ 'X-Other': 'a: b' });
    await job.setCustomHeaders(null);
    expect(await job.getCustomHeaders()).toBeNull();
  });

  it('sends the headers to the server', async ({ server, folder, job }) => {
    const { url, content } = server.file('whole');
    const path = join(folder, 'file.bin');
    await job.addFile(url, path);
    await job.setCustomHeaders({ 'X-Contoso': 'update', Authorization: 'Bearer 0123' });
    await job.resume();
    await job.wait();
    await job.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
    for (const { headers } of server.asked) {
      expect(headers).toMatchObject({ 'x-contoso': 'update', authorization: 'Bearer 0123' });
    }
    expect(server.asked.length).toBeGreaterThan(0);
  });

  it('returns the security flags that were set', async ({ job }) => {
    await job.setSecurityFlags({ ignoreUnknownCa: true, redirectPolicy: 'disallow' });
    expect(await job.getSecurityFlags()).toEqual({
      enableCrlCheck: false,
      ignoreCertCnInvalid: false,
      ignoreCertDateInvalid: false,
      ignoreUnknownCa: true,
      ignoreCertWrongUsage: false,
      allowHttpsToHttp: false,
      redirectPolicy: 'disallow',
    });
    await job.setSecurityFlags({});
    expect(await job.as('IBackgroundCopyJobHttpOptions').getSecurityFlags()).toBe(0);
  });

  it('takes credentials, and removes them', async ({ job }) => {
    await job.setCredentials({
      ...{ target: 'server', scheme: 'basic' },
      ...{ userName: 'user', password: 'word' },
    });
    expect(await job.removeCredentials('server', 'basic')).toBe(true);
    // Wine's BITS says so in any case.
    expect(await job.removeCredentials('server', 'basic')).toBe(onWinesBits);
  });

  it('does not fetch a reply if it is a download', async ({ job }) => {
    await expect(job.getReplyProgress()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
    await expect(job.getReplyData()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
  });
});
