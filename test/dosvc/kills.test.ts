// SPDX-License-Identifier: MIT
// A service that is killed again and again, at moments that nobody chose.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { Control } from './control.js';
import { connect, it, reach } from './fixtures.js';
import { bytesOf } from './transfer/range-server.js';

const size = 100_000_000;
const kills = 50;

describe('a transfer of 100 MB', () => {
  it('loses no byte and doubles none, whose service is killed 50 times', async ({
    server,
    folder,
    job,
  }) => {
    const content = bytesOf(size);
    const path = join(folder, 'file.bin');
    // Slow enough for all kills to come before its end.
    const pace = { bytes: size / 500, milliseconds: 20 };
    await job.addFile(server.serve('file', { content, etag: '"1"', pace }), path);
    await job.resume();
    for (let killed = 0; killed < kills; killed++) {
      const control = await Control.connect();
      await sleep(Math.random() * 150);
      await control.kill();
      control.close();
    }
    (await Control.connect()).close();

    await using manager = await connect();
    const found = await manager.getJob(job.id);
    await reach(found, 'transferred');
    await found.complete();
    expect(readFileSync(path).equals(content)).toBe(true);
    // It went on, and never began again.
    const starts = server.asked.map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0));
    expect(starts).toEqual(starts.toSorted((left, right) => left - right));
    expect(starts.at(-1)).toBeGreaterThan(0);
  });
});
