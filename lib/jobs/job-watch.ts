// SPDX-License-Identifier: MIT
//
// Waiting for a job, with its progress. Beside what ends every watch, the transfer does, the job's
// error, and somebody else who ends the job.

import { checkOptions } from '../arguments.js';
import { closedError, describe, DosvcError, errorOf, isUnknown } from '../errors.js';
import type { Remote } from '../remote.js';
import { Watch, Watching, type WaitOptions } from '../watch.js';
import { lookOf, troubleOf, type JobLook } from './job-look.js';
import { NotifyInterfaces } from './notify-interface.js';
import type { JobProgress } from './progress.js';

export function watchJob(
  job: Remote,
  id: string,
  options: WaitOptions | undefined,
): AsyncGenerator<JobProgress, void, undefined> {
  return new Watching(() => beginWatch(job, id, options));
}

function beginWatch(job: Remote, id: string, options: WaitOptions | undefined) {
  const { service } = job.connection;
  const watch = new Watch<JobProgress>(job, 'job', checkOptions('options', options));
  watch.onStop(
    NotifyInterfaces.of(id).listen(
      job,
      1 | 2 | 8,
      { tells: ['state', 'progress'], poll: watch.poll },
      (event) => {
        if (event.kind === 'lost') {
          const { operation, hresult, lasts } = troubleOf(event);
          // One look that fails is nothing yet.
          if (lasts !== true && !isUnknown(hresult)) return;
          watch.finish(errorOf({ hresult, value: null }, { service: service.title, operation }));
        } else if (event.kind === 'progress') {
          watch.moved();
          watch.tell(lookOf(event).progress);
        } else if (event.kind === 'state') {
          enter(watch, lookOf(event), service.invalidState);
        }
      },
    ),
  );
  return watch;
}

function enter(watch: Watch<JobProgress>, { state, error }: JobLook, invalidState: number): void {
  switch (state) {
    case 'transferred':
      watch.finish();
      break;
    case 'error':
      watch.finish(error ?? closedError('wait'));
      break;
    case 'cancelled':
    case 'acknowledged': {
      const how = state === 'cancelled' ? 'cancelled' : 'completed';
      const { words, ...named } = describe(invalidState);
      const message = `The job was ${how}, so there is nothing to wait for. ${words}`;
      watch.finish(new DosvcError(message, named));
      break;
    }
    default:
      break;
  }
}
