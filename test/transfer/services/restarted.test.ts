// SPDX-License-Identifier: MIT
//
// Transfers on a connection that is older than the service: the first call after its restart finds that out.

import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { Control } from '../../stand-in/client/control.js';
import { killService } from '../../stand-in/client/death.js';
import { ordered } from './order.js';
import { it, jobs, route } from './stand-in.js';

describe.each([
  ['delivery-optimization', route],
  ['bits', jobs],
] as const)('after a restart, %s', (_name, way) => {
  it('creates a transfer, and runs one that was there', async ({ server, file }) => {
    const { url: address, content } = server.file('whole');
    const first = await way.prepare(ordered({ address, file: `${file}.first` }).order);
    await killService();
    const next = await way.prepare(ordered({ address, file, tag: 'tag-2' }).order);
    expect(next.takenUp).toBe(false);
    await Promise.all([first.run(), next.run()]);
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readFileSync(`${file}.first`).equals(content)).toBe(true);
  });

  it.for([
    ['discard', 0],
    ['keep', 1],
  ] as const)('%ss a transfer', async ([how, left], { server, file, others }) => {
    const { url: address } = server.file('whole');
    const transfer = await way.prepare(ordered({ address, file }).order);
    await killService();
    await transfer.stop(how);
    const [control, downloads] = [await Control.connect(), await others.downloads()];
    expect(downloads.length + (await control.count('jobs'))).toBe(left);
    for (const download of downloads) await download.abort();
    control.close();
  });
});
