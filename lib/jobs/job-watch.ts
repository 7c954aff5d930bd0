// SPDX-License-Identifier: MIT
//
// Waits for a job and reports its progress, or each look at it. In addition to what ends every watch, this
// one ends when the job is transferred, fails, is cancelled or is completed.

import { closedError } from '../errors.js';
import { notifyFlag } from '../generated/enums.js';
import type { Remote } from '../remote/remote.js';
import type { Watch, WaitOptions } from '../feed/watch.js';
import { watchFeed } from '../feed/watching.js';
import { isOver, JobNews, type JobLook } from './job-look.js';
import type { JobProgress } from './progress.js';
import type { SharedJob } from './shared-job.js';

const ends = notifyFlag['job-transferred'] | notifyFlag['job-error'];

/** The method of a job that iterates over the looks at it: state, progress and error together. */
export const looks = Symbol('looks');

export function watchJob(
  remote: Remote,
  job: SharedJob,
  options: WaitOptions | undefined,
): AsyncGenerator<JobProgress, void, undefined> {
  const wanted = ends | notifyFlag['job-modification'];
  return watchFor(remote, job, wanted, options, (news, look, before) => news.moved(look, before));
}

/**
 * Asks the service to call back only at the end. Otherwise it would call for each change and for all
 * progress, which the poll finds anyway.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setnotifyflags
 */
export function watchLooks(
  remote: Remote,
  job: SharedJob,
  options: WaitOptions | undefined,
): AsyncGenerator<JobLook, void, undefined> {
  return watchFor(remote, job, ends, options, (_news, look) => look);
}

/**
 * @param wanted The events that the service is to report, as flags.
 * @param told Returns what the watch tells of a look; undefined if nothing.
 */
function watchFor<T>(
  remote: Remote,
  { feed, notify, sizes }: SharedJob,
  wanted: number,
  options: WaitOptions | undefined,
  told: (news: JobNews, look: JobLook, before: JobLook | undefined) => T | undefined,
): AsyncGenerator<T, void, undefined> {
  return watchFeed(remote, { what: 'job', feed }, options, (watch: Watch<T>) => {
    const news = new JobNews();
    // The most bytes so far; the first look only says from where they are counted.
    let most: number | undefined;
    let checking = false;
    const stands = ({ state, error }: JobLook) => {
      const remedy = state === 'suspended' ? 'resume() starts it' : undefined;
      watch.stands({ state, remedy, trouble: error });
    };
    return {
      wants: () => notify.wants(wanted),
      withheld: stands,
      changed: (look, before) => {
        const { state, error } = look;
        stands(look);
        const tells = told(news, look, before);
        if (tells !== undefined) watch.tell(tells);
        // Bytes that arrive again, because the service began anew, are no progress.
        if (most !== undefined && look.progress.bytesTransferred > most) watch.moved();
        most = Math.max(most ?? 0, look.progress.bytesTransferred);
        if (!news.entered(look, before)) return;
        if (state === 'transferred' && sizes.any) {
          checking = true;
          watch.finishAfter(sizes.check(remote));
        } else if (state === 'transferred' || (checking && isOver(look))) {
          // Who has completed it in the meantime did not wait for the check.
          watch.finish();
        } else if (state === 'error') {
          watch.finish(error ?? closedError('wait'));
        } else if (isOver(look)) {
          watch.finishOver(state === 'cancelled' ? state : 'completed');
        }
      },
    };
  });
}
