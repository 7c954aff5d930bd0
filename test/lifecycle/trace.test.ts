// SPDX-License-Identifier: MIT
// NODE_DEBUG=dosvc: operation, handle, HRESULT and milliseconds of each call, and no argument.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from './child.js';

const secret = 'top-secret';
const shapes = [
  // The connection, which no method is named for.
  /^\w+( \S+)? done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyManager::GetJob #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyJob::AddFile #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyJob::GetState #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyManager::GetJob #\d+ done 0x80200001 \d+\.\d ms$/,
];

describe('NODE_DEBUG=dosvc', () => {
  it('prints each call, and never an argument', async ({ server, folder, job }) => {
    const { url } = server.file('whole');
    const args = [job.id, `${url}?token=${secret}`, join(folder, secret)];
    const { status, stdout, stderr } = await run('trace.mjs', args, {
      env: { NODE_DEBUG: 'dosvc' },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const lines = stderr.trim().split(/\r?\n/);
    expect(lines).toHaveLength(shapes.length);
    for (const [at, line] of lines.entries()) {
      const [, said] = /^DOSVC \d+: (.*)$/.exec(line) ?? [];
      expect(said).toMatch(shapes[at] ?? '');
    }
    expect(stderr).not.toContain(secret);
    expect(stderr).not.toContain(job.id);
  });

  it('is silent where it is not asked for', async ({ server, folder, job }) => {
    const args = [job.id, server.file('whole').url, join(folder, 'file.bin')];
    const ending = await run('trace.mjs', args, { env: { NODE_DEBUG: 'http' } });
    expect(ending).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});
