// SPDX-License-Identifier: MIT
// NODE_DEBUG=dosvc prints operation, handle, HRESULT and milliseconds of each call, and no
// argument.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run } from '../processes/child.js';

const secret = 'top-secret';
const shapes = [
  // Connecting, which is not a call of a COM method.
  /^\w+( \S+)? done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyManager::GetJob #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyJob::AddFile #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyJob::GetState #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyJobHttpOptions::SetCustomHeaders #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyJob2::SetCredentials #\d+ done 0x00000000 \d+\.\d ms$/,
  /^IBackgroundCopyManager::GetJob #\d+ done 0x80200001 \d+\.\d ms$/,
];

describe('NODE_DEBUG=dosvc', () => {
  it('prints each call, and never an argument', async ({ server, folder, job }) => {
    const { url } = server.file('whole');
    const args = [job.id, `${url}?token=${secret}`, join(folder, secret), secret];
    const { status, stdout, stderr } = await run(
      join(import.meta.dirname, 'programs/trace.mjs'),
      args,
      {
        env: { NODE_DEBUG: 'dosvc' },
      },
    );
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

  it('prints nothing if it is not set', async ({ server, folder, job }) => {
    const args = [job.id, server.file('whole').url, join(folder, 'file.bin'), secret];
    const ending = await run(join(import.meta.dirname, 'programs/trace.mjs'), args, {
      env: { NODE_DEBUG: 'http' },
    });
    expect(ending).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});
