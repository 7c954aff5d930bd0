// SPDX-License-Identifier: MIT
// Ctrl+C in a script whose program waits for a job: the program decides what becomes of the job.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { service } from '../service/service.js';
import { transferHalf } from '../service/transfer.js';
import { it } from './pwsh.js';

const Service = service.name;

describe('Ctrl+C', () => {
  it('leaves the job to the service, and another script finishes it', async ({
    startPwsh,
    pwsh,
    server,
    folder,
    job,
  }) => {
    await transferHalf(server, job, folder);
    const parameters = { Service, Id: job.id, OnInterrupt: 'leave', File: join(folder, 'note') };
    const { said, interrupt, ended } = startPwsh('wait', parameters);
    await said('waiting');
    await interrupt();
    const { stdout, stderr } = await ended;
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'waiting\ninterrupted\n' });
    expect(readFileSync(parameters.File, 'utf8').trim()).toBe('cleaned up after 130');
    expect(await job.getState()).toBe('transferring');

    server.letGo();
    expect((await pwsh('wait', parameters)).stdout).toContain('the script went on');
    expect(readFileSync(parameters.File, 'utf8').trim()).toBe('cleaned up after 0');
    expect(readFileSync(join(folder, 'file.bin'))).toHaveLength(100_000);
  });

  it('cancels the job if the program does', async ({ startPwsh, server, folder, job }) => {
    await transferHalf(server, job, folder);
    const File = join(folder, 'note');
    const { said, interrupt, ended } = startPwsh('wait', {
      ...{ Service, Id: job.id, OnInterrupt: 'cancel', File },
    });
    await said('waiting');
    await interrupt();
    await said('interrupted');
    // The BITS of Wine 8 cancels no job while it waits for the server.
    server.letGo();
    const { stdout } = await ended;
    expect(stdout).toBe('');
    expect(readFileSync(File, 'utf8').trim()).toBe('cleaned up after 130');
    expect(await job.getState()).toBe('cancelled');
  });
});
