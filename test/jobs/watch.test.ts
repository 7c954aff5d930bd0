// SPDX-License-Identifier: MIT
// watch() yields progress until every file is transferred.

import { join } from 'node:path';
import type { JobProgress } from 'dosvc';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../promises/awaited-later.js';
import { it } from '../service/fixtures.js';
import { binding } from '../binding/raw-binding.js';
import { service } from '../service/service.js';
import { transferHalf } from '../service/transfer.js';

describe('watch()', () => {
  it('yields increasing progress, and ends with the transfer', async ({ server, folder, job }) => {
    await job.addFile(server.file('held').url, join(folder, 'file.bin'));
    await job.resume();
    const seen: JobProgress[] = [];
    for await (const progress of job.watch()) {
      seen.push(progress);
      if (progress.bytesTransferred > 0) server.letGo();
    }
    const bytes = seen.map(({ bytesTransferred }) => bytesTransferred);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(bytes.some((count) => count > 0 && count < 100_000)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ bytesTransferred: 100_000, filesTransferred: 1 });
    expect(new Set(seen.map((progress) => JSON.stringify(progress))).size).toBe(seen.length);
    expect(await job.getState()).toBe('transferred');
  });

  it('yields the newest progress to a late consumer', async ({ server, folder, job }) => {
    await job.addFile(server.file('whole', 'one.bin', 1000).url, join(folder, 'one.bin'));
    await job.addFile(server.file('whole', 'two.bin', 2000).url, join(folder, 'two.bin'));
    const watch = job.watch();
    expect(await watch.next()).toMatchObject({ value: { bytesTransferred: 0 } });
    await job.resume();
    // The consumer reads nothing meanwhile.
    await job.wait();
    expect(await watch.next()).toMatchObject({ done: false, value: { bytesTransferred: 3000 } });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });

  it('subscribes at its first step, and unsubscribes when the loop ends', async ({ job }) => {
    const { handles, objects } = binding.counters();
    job.watch();
    expect(binding.counters().handles).toBe(handles);
    let during;
    for await (const progress of job.watch()) {
      expect(progress.bytesTransferred).toBe(0);
      during = binding.counters().handles;
      break;
    }
    expect(during).toBe(handles + 1);
    expect(binding.counters().handles).toBe(handles);
    await expect.poll(() => binding.counters().objects).toBe(objects);
  });

  it('unsubscribes when the loop throws', async ({ job }) => {
    const { handles } = binding.counters();
    const loop = async () => {
      for await (const progress of job.watch()) throw new Error(`at ${JSON.stringify(progress)}`);
    };
    await expect(loop()).rejects.toThrow('at {');
    expect(binding.counters().handles).toBe(handles);
  });
});

describe('watch() rejects, as wait() does, with', () => {
  /** Iterates to the end. */
  async function exhaust(watch: AsyncIterable<JobProgress>): Promise<number> {
    let steps = 0;
    for await (const { filesTotal } of watch) steps += filesTotal > 0 ? 1 : 0;
    return steps;
  }

  it("the job's error", async ({ server, folder, job }) => {
    await job.addFile(server.file(404).url, join(folder, 'file.bin'));
    await job.resume();
    await expect(exhaust(job.watch())).rejects.toMatchObject({ code: 'BG_E_HTTP_ERROR_404' });
  });

  it('ERR_DOSVC_TIMEOUT', async ({ job }) => {
    const watched = exhaust(job.watch({ timeout: 30 }));
    await expect(watched).rejects.toMatchObject({ code: 'ERR_DOSVC_TIMEOUT' });
  });

  it('ERR_DOSVC_STALLED', async ({ server, folder, job }) => {
    await transferHalf(server, job, folder);
    const watched = exhaust(job.watch({ stallTimeout: 100 }));
    await expect(watched).rejects.toMatchObject({ code: 'ERR_DOSVC_STALLED' });
  });

  it('an AbortError', async ({ job }) => {
    const abort = new AbortController();
    const watched = exhaust(job.watch({ signal: abort.signal }));
    abort.abort('enough');
    await expect(watched).rejects.toMatchObject({
      name: 'AbortError',
      code: 'ABORT_ERR',
      cause: 'enough',
    });
  });

  it('the service’s code for a wrong state when the job is cancelled', async ({ manager, job }) => {
    const watched = awaitedLater(exhaust(job.watch()));
    await (await manager.getJob(job.id)).cancel();
    await expect(watched).rejects.toMatchObject(service.invalidState);
  });

  it('ERR_DOSVC_CLOSED', async ({ manager, job }) => {
    const watched = awaitedLater(exhaust(job.watch()));
    await manager.close();
    await expect(watched).rejects.toMatchObject({ code: 'ERR_DOSVC_CLOSED' });
  });
});
