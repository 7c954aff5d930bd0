// SPDX-License-Identifier: MIT
// PowerShell itself, and how the tests run it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { service } from '../service/service.js';
import { it } from './pwsh.js';

it('a script goes on when .NET frees what it compiled', async ({ pwsh }) => {
  expect(await pwsh('collect')).toMatchObject({ stdout: 'PowerShell 7 goes on\r\n', stderr: '' });
});

it('a script that is ended takes its program with it', async ({ startPwsh, folder, job }) => {
  const File = join(folder, 'note');
  const { said, end, ended } = startPwsh('wait', {
    ...{ Service: service.name, Id: job.id, OnInterrupt: 'leave', File },
  });
  await said('waiting');
  end();
  // The program has the same stdout, so this would wait for it.
  expect(await ended).toMatchObject({ stdout: '', stderr: 'waiting\n' });
  expect(existsSync(File)).toBe(false);
});
