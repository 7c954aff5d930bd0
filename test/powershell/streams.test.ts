// SPDX-License-Identifier: MIT
// A download that a program streams: its bytes reach a file and another program unchanged.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { service } from '../service/service.js';
import { it } from './pwsh.js';

it('a script streams a file', async ({ pwsh, server, folder }) => {
  const { url, content } = server.file('whole', 'large.bin', 3_000_000);
  const { stdout, stderr, status } = await pwsh('stream', {
    ...{ Service: service.name, Url: url, File: join(folder, 'file.bin') },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const hash = createHash('sha256').update(content).digest('hex');
  expect(JSON.parse(stdout)).toEqual({ statuses: [0, 0], hashes: [hash, hash] });
});
