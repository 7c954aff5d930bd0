// SPDX-License-Identifier: MIT
// The commands for jobs, on a job of either service: what they print is what the library reads, and what
// they do is done.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, settled } from '../service/fixtures.js';
import { onBits, onWinesBits, service } from '../service/service.js';
import { objectsIn } from '../terminal/objects.js';
import { dosvc } from './program.js';

const only = ['--service', service.name];
const ok = { status: 0, stderr: '' };

it('dosvc jobs lists them, if the service does', async ({ job, server, folder }) => {
  await job.addFile(`${server.file('whole').url}?secret=1`, join(folder, 'file.bin'));
  const { status, stdout, stderr } = await dosvc(['jobs', '--json', ...only]);
  const objects = objectsIn('jobs', stdout);
  if (!onBits) {
    expect({ status, objects }).toMatchObject({ status: 1, objects: [{ kind: 'error' }] });
    expect(stderr).toContain('EnumJobs');
    return;
  }
  expect({ status, stderr }).toEqual(ok);
  expect(objects.filter(({ id }) => id === job.id)).toMatchObject([
    {
      kind: 'job',
      service: 'bits',
      state: 'suspended',
      files: [{ remoteName: server.file('whole').url }],
    },
  ]);
  expect(stdout).not.toContain('secret');
  // The ids of a person's table are whole, too.
  expect((await dosvc(['jobs'])).stdout).toContain(`${job.id}  suspended`);
});

describe.each([
  ['of the service that is named', only],
  ['of whichever service has it', []],
])('a job %s', (_, options) => {
  it('is shown', async ({ job }) => {
    const { status, stdout, stderr } = await dosvc(['job', job.id, '--json', ...options]);
    expect({ status, stderr }).toEqual(ok);
    const name = onBits ? 'bits' : 'delivery-optimization';
    expect(objectsIn('job', stdout)).toMatchObject([
      {
        kind: 'job',
        id: job.id,
        displayName: 'dosvc test',
        ...(options.length === 0 && { service: name }),
      },
    ]);
    const page = await dosvc(['job', job.id, ...options]);
    expect(page.stdout).toContain(job.id);
    expect(page.stdout).toMatch(/^Name +dosvc test$/m);
  });

  it('is resumed, and completed', async ({ job, server, folder }) => {
    const { url, content } = server.file('whole');
    const file = join(folder, 'Größe.bin');
    await job.addFile(url, file);
    expect(await dosvc(['resume', job.id, ...options])).toEqual({
      ...ok,
      signal: null,
      stdout: 'Resumed.\n',
    });
    expect(await settled(job)).toBe(true);
    const { status, stdout, stderr } = await dosvc(['complete', job.id, '--json', ...options]);
    expect({ status, stderr }).toEqual(ok);
    expect(objectsIn('complete', stdout)).toMatchObject([
      { kind: 'change', command: 'complete', id: job.id },
    ]);
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('is cancelled', async ({ job }) => {
    expect(await dosvc(['cancel', job.id, ...options])).toMatchObject(ok);
    expect(await job.getState()).toBe('cancelled');
  });
});

it('a job is suspended, if the service can', async ({ job, server, folder }) => {
  server.hold();
  await job.addFile(server.file('held').url, join(folder, 'file.bin'));
  await job.resume();
  const { status, stderr } = await dosvc(['suspend', job.id, ...only]);
  if (onWinesBits) {
    expect(status).toBe(1);
    expect(stderr).toContain('E_NOTIMPL');
  } else {
    expect(status).toBe(0);
    expect(await job.getState()).toBe('suspended');
  }
});

it("a job's error is shown, with what to do", async ({ job, server, folder }) => {
  await job.addFile(server.file(404).url, join(folder, 'file.bin'));
  await job.resume();
  expect(await settled(job)).toBe(false);
  const { status, stdout } = await dosvc(['job', job.id, ...only]);
  expect(status).toBe(0);
  expect(stdout).toContain('BG_E_HTTP_ERROR_404');
});

it('an unknown id is named, with the code', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const { status, stdout, stderr } = await dosvc(['job', id, ...only]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(`No service knows a job or a download with the id ${id}`);
  expect(stderr).toContain('BG_E_NOT_FOUND');
});

it('dosvc complete refuses a job of download(), which makes them on BITS', async ({ job }) => {
  const described = job.setDescription('dosvc/1 abc123 2026-11-30T02:57:36Z com.contoso/update');
  if (!onBits) {
    await expect(described).rejects.toMatchObject({ code: 'E_NOTIMPL' });
    return;
  }
  await described;
  const { status, stderr } = await dosvc(['complete', job.id, ...only]);
  expect(status).toBe(1);
  expect(stderr).toContain("was begun by 'dosvc get' or download()");
  expect(await job.getState()).toBe('suspended');
});

it('dosvc watch ends when the job is transferred', async ({ job, server, folder }) => {
  await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
  await job.resume();
  const { status, stdout, stderr } = await dosvc(['watch', job.id, '--json', ...only]);
  expect({ status, stderr }).toEqual(ok);
  expect(objectsIn('watch', stdout).at(-1)).toMatchObject({ id: job.id, state: 'transferred' });
});

it('dosvc watch fails with the job', async ({ job, server, folder }) => {
  await job.addFile(server.file(404).url, join(folder, 'file.bin'));
  await job.resume();
  const { status, stderr } = await dosvc(['watch', job.id, ...only]);
  expect(status).toBe(1);
  expect(stderr).toContain('BG_E_HTTP_ERROR_404');
});
