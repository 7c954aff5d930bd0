// SPDX-License-Identifier: MIT
// A job belongs to the service: another process finds it while the first one runs, and continues
// with it when the first one is gone.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { it } from '../service/fixtures.js';
import { run, start } from '../processes/child.js';

it('a job is found by another process, and outlives the one that created it', async ({
  server,
  folder,
  manager,
  own,
}) => {
  const { url, content } = server.file('held');
  const path = join(folder, 'file.bin');
  const first = start(join(import.meta.dirname, 'programs/begin.mjs'), [url, path]);
  const [, id = ''] = /^begun (.+)\.$/m.exec(await first.said('.')) ?? [];
  own(await manager.getJob(id));
  await expect.poll(() => server.holding).toBe(1);

  const look = await run('look.mjs', [id, 'bits']);
  expect(JSON.parse(look.stdout)).toMatchObject({
    state: 'transferring',
    progress: { filesTotal: 1, filesTransferred: 0 },
  });

  first.process.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(server.holding).toBe(1);

  const second = start(join(import.meta.dirname, 'programs/finish.mjs'), [id]);
  await second.said('found');
  server.letGo();
  expect(await second.ended).toMatchObject({ status: 0, stdout: 'found\nS_OK\n', stderr: '' });
  expect(readFileSync(path).equals(content)).toBe(true);
});
