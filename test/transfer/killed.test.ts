// SPDX-License-Identifier: MIT
//
// A download whose process was killed, and the next process that calls download() for the same.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { download } from 'dosvc';
import { expect } from 'vitest';
import { start } from '../processes/child.js';
import { held, it } from '../stand-in/client/fixtures.js';

const program = join(import.meta.dirname, 'programs', 'download.mjs');

it('is taken up by the next process, and no byte comes twice', async ({
  server,
  folder,
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that it outlasts the downloads
  control: _control,
}) => {
  const served = held();
  const url = server.serve('file', served);
  const file = join(folder, 'app.msix');
  const hash = { sha512: createHash('sha512').update(served.content).digest('hex') };
  const options = { routes: ['delivery-optimization'] as const, key: 'app/update', hash };
  const child = start(program, [url, file, JSON.stringify(options)]);
  await child.said('has ');
  const [, id] = /starts delivery-optimization (\S+)/.exec(await child.said('starts')) ?? [];
  child.process.kill('SIGKILL');
  await child.ended;
  server.letGo();
  const before = server.asked.length;
  const result = await download(url, file, options);
  expect(result).toMatchObject({ route: 'delivery-optimization', id, verified: 'sha512' });
  for (const { range } of server.asked.slice(before)) expect(range).not.toMatch(/^bytes=0-/);
  expect(readFileSync(file).equals(served.content)).toBe(true);
  expect(readdirSync(folder)).toEqual(['app.msix']);
});
