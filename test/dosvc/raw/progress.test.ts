// SPDX-License-Identifier: MIT
// The steps in which a download's progress is reported.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../../stand-in/client/fixtures.js';
import { bytesOf, type Served } from '../../http/served.js';
import { createFor } from './download.js';

describe('progress is reported', () => {
  it.for<[step: number, what: string, reported: number]>([
    [0, 'whole MiB', 2 << 20],
    [1 << 16, 'multiples of 64 KiB, if the switch says so', 0x2e0000],
    [1, 'bytes, if the switch says so', 3_014_657],
  ])('(%i) in %s', async ([step, , reported], { control, folder, server }) => {
    await control.setSwitch('progress-step', step);
    const served: Served = { content: bytesOf(3_100_000), stall: 3_014_657, etag: '"1"' };
    const download = await createFor(server.serve('file', served), join(folder, 'x'));
    await download.start();
    await expect
      .poll(() => download.status())
      .toMatchObject({ total: 3_100_000, transferred: reported });
    await download.pause();
    expect((await download.status()).transferred).toBe(reported);
    delete served.stall;
    await download.start(null);
    // The last piece is not whole.
    expect((await download.reach('transferred')).transferred).toBe(3_100_000);
    download.release();
  });
});
