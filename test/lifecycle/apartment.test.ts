// SPDX-License-Identifier: MIT
// Hosts that use COM themselves, on JavaScript's thread: the package works, and leaves their
// apartment as it is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../service/fixtures.js';
import type { HttpServer } from '../http/server.js';
import { run } from '../processes/child.js';

async function download(what: string, server: HttpServer, folder: string): Promise<unknown> {
  const { url, content } = server.file('whole');
  const path = join(folder, 'file.bin');
  const { status, stdout, stderr } = await run(
    join(import.meta.dirname, 'programs/apartment.mjs'),
    [what, url, path],
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(path).equals(content)).toBe(true);
  return JSON.parse(stdout);
}

describe('a download with events', () => {
  it('works if the main thread is in a single-threaded apartment', async ({ server, folder }) => {
    // APTTYPE_MAINSTA, before and after.
    expect(await download('sta', server, folder)).toEqual({
      before: [0],
      heard: ['transferred'],
      code: 'S_OK',
      apartments: [3, 3],
    });
  });

  it('works if the host has already set COM security', async ({ server, folder }) => {
    // APTTYPE_MTA.
    expect(await download('security', server, folder)).toEqual({
      before: [0, 0],
      heard: ['transferred'],
      code: 'S_OK',
      apartments: [1, 1],
    });
  });
});
