// SPDX-License-Identifier: MIT
//
// A transfer on a connection that is older than the service, because another transfer holds it.

import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { killService } from '../../stand-in/client/death.js';
import { ordered } from './order.js';
import { it, jobs, route } from './stand-in.js';

describe.each([
  ['delivery-optimization', route],
  ['bits', jobs],
] as const)('%s', (_name, way) => {
  it('creates a transfer although the service was restarted', async ({ server, file }) => {
    const { url: address, content } = server.file('whole');
    const holding = await way.prepare(ordered({ address, file: `${file}.first` }).order);
    await killService();
    const transfer = await way.prepare(ordered({ address, file, tag: 'tag-2' }).order);
    expect(transfer.takenUp).toBe(false);
    await transfer.run();
    expect(readFileSync(file).equals(content)).toBe(true);
    await holding.stop('discard');
  });
});
