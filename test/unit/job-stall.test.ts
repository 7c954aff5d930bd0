// SPDX-License-Identifier: MIT
// Which looks at a job count as progress for the stallTimeout of a wait.

import { expect, it, vi } from 'vitest';
import type { FeedListener } from '../../lib/feed/feed-listener.js';
import type { JobLook } from '../../lib/jobs/job-look.js';
import { watchJob } from '../../lib/jobs/job-watch.js';
import type { Remote } from '../../lib/remote/remote.js';
import { clock, stopClock } from './feed/clock.js';
import { poll } from './feed/toy.js';

stopClock();

function look(bytesTransferred: number): JobLook {
  const progress = { bytesTotal: 9, bytesTransferred, filesTotal: 1, filesTransferred: 0 };
  const state = 'transferring';
  return { place: 1, started: 0, added: 0, state, error: null, modified: false, progress };
}

function pass(milliseconds: number): void {
  clock.now += milliseconds;
  vi.advanceTimersByTime(milliseconds);
}

/** A wait with a stallTimeout of two polls. */
function waitFor() {
  const nothing = () => undefined;
  const connection = { pollInterval: poll, service: { invalidState: 0x80200002 } };
  const remote = { connection, checkOpen: nothing, onClose: () => nothing } as unknown as Remote;
  let listener: FeedListener<JobLook, Remote> | undefined;
  const join = (joined: FeedListener<JobLook, Remote>) => {
    listener = joined;
    return nothing;
  };
  const job = { feed: { join }, notify: { wants: () => 0 }, sizes: { any: false } } as never;
  const watch = watchJob(remote, job, { stallTimeout: 2 * poll });
  const settled = vi.fn();
  const all = (async () => {
    while (!(await watch.next()).done);
  })().catch((error: unknown) => {
    settled((error as { code?: string }).code);
  });
  let before: JobLook | undefined;
  const see = async (bytes: number) => {
    listener?.changed(look(bytes), before);
    before = look(bytes);
    await Promise.resolve();
  };
  return { see, settled, all };
}

it('the first look does not, so that a stall is no poll late', async () => {
  const { see, settled, all } = waitFor();
  pass(5);
  await see(3);
  pass(poll - 5);
  pass(poll);
  await all;
  expect(settled).toHaveBeenCalledExactlyOnceWith('ERR_DOSVC_STALLED');
});

it('more bytes do, and bytes that come again do not', async () => {
  const { see, settled, all } = waitFor();
  await see(3);
  pass(poll);
  await see(4);
  pass(poll);
  await see(2);
  await see(4);
  await Promise.resolve();
  expect(settled).not.toHaveBeenCalled();
  pass(poll);
  await all;
  expect(settled).toHaveBeenCalledExactlyOnceWith('ERR_DOSVC_STALLED');
});
