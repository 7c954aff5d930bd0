// SPDX-License-Identifier: MIT
// A job's warnings: the subscription of each event hears of the same trouble, and one of them warns.

import { expect, it, vi } from 'vitest';
import { DosvcError } from '../../lib/errors.js';
import type { FeedListener } from '../../lib/feed/feed-listener.js';
import { JobEvents } from '../../lib/jobs/job-events.js';
import type { JobLook } from '../../lib/jobs/job-look.js';
import type { Remote } from '../../lib/remote/remote.js';

const hresult = 0x800706ba;
const code = 'RPC_S_SERVER_UNAVAILABLE';
const operation = 'IBackgroundCopyJob::GetState';

it('each outage causes one warning, even if nothing changed between two of them', () => {
  const listeners: FeedListener<JobLook, Remote>[] = [];
  const join = (listener: FeedListener<JobLook, Remote>) => {
    listeners.push(listener);
    return () => undefined;
  };
  const remote = { connection: { pollInterval: 1000 }, onClose: () => () => undefined };
  class Job extends JobEvents {
    readonly id = '';
  }
  const job = new Job(remote as never, { feed: { join } } as never);
  const warned = vi.fn();
  job.on('warning', warned);
  job.on('transferred', () => undefined);
  job.on('progress', () => undefined);

  for (let outage = 1; outage <= 2; ++outage) {
    const error = new DosvcError('lost', { code, hresult, operation });
    for (const { lost } of listeners) lost?.(error);
    expect(warned.mock.calls).toEqual(Array(outage).fill([{ code, hresult, operation }]));
    for (const { found } of listeners) found?.();
  }
  expect(listeners).toHaveLength(2);
});
