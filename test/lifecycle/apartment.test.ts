// SPDX-License-Identifier: MIT
// Hosts that use COM themselves, on the thread that JavaScript runs on: theirs stays as it is, and
// the package works all the same.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import type { FileServer } from '../service/server.js';
import { run } from './child.js';

async function download(what: string, server: FileServer, folder: string): Promise<unknown> {
  const { url, content } = server.file('whole');
  const path = join(folder, 'file.bin');
  const { status, stdout, stderr } = await run('apartment.mjs', [what, url, path]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(path).equals(content)).toBe(true);
  return JSON.parse(stdout);
}

describe('a download with events', () => {
  it('works where the main thread is in an apartment of its own', async ({ server, folder }) => {
    // APTTYPE_MAINSTA, before and after.
    expect(await download('sta', server, folder)).toEqual({
      before: [0],
      heard: ['transferred'],
      code: 'S_OK',
      apartments: [3, 3],
    });
  });

  it('works where the host has set COM security before', async ({ server, folder }) => {
    // APTTYPE_MTA.
    expect(await download('security', server, folder)).toEqual({
      before: [0, 0],
      heard: ['transferred'],
      code: 'S_OK',
      apartments: [1, 1],
    });
  });
});
