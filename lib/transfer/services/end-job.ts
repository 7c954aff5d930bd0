// SPDX-License-Identifier: MIT
//
// Cancels a job, so that none of its files remain.

import { setTimeout as sleep } from 'node:timers/promises';
import type { BackgroundCopyJob } from '../../jobs/job.js';
import { discard } from '../discard.js';
import { end } from './outcomes.js';

// How long, in milliseconds, to ask for the names: a call that hangs holds them up, but not the end.
const patience = 1000;

/** Cancels a job. BITS may be unable to delete its temporary files, such as one that a scanner holds. */
export async function endJob(job: BackgroundCopyJob): Promise<void> {
  const asked = new AbortController();
  const names = await Promise.race([
    temporaryNames(job),
    sleep(patience, [], { signal: asked.signal, ref: false }),
  ]);
  asked.abort();
  const success = await end(() => job.cancel());
  if (success?.code !== 'BG_S_UNABLE_TO_DELETE_FILES') return;
  for (const name of names) await discard(name);
}

async function temporaryNames(job: BackgroundCopyJob): Promise<string[]> {
  try {
    const files = await job.enumFiles();
    const names = files.map((file) =>
      file.getTemporaryName().finally(() => file[Symbol.asyncDispose]()),
    );
    return (await Promise.all(names)).filter((name) => name !== null);
  } catch {
    // Not every service tells them, and a job that has ended has none.
    return [];
  }
}
