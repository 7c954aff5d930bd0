// SPDX-License-Identifier: MIT
//
// Sets on a job what the caller wants of the transfer, whether the job is new or taken up.

import { httpSecurityFlag, type DownloadCostPolicy } from '../../generated/enums.js';
import { headerLines } from '../../headers.js';
import type { BackgroundCopyJob } from '../../jobs/job.js';
import { hasCredentials } from '../credentials.js';
import type { Order, RouteSettings } from '../route.js';
import { transferPolicy } from './costs.js';
import { wish } from './outcomes.js';
import { tagText } from './tag.js';

// The documented limit of a description, in characters.
const longestDescription = 1024;

// In seconds: BITS' own time without progress after which a job fails, and the retry delay of a caller
// who waits.
const noProgressTimeout = 14 * 24 * 60 * 60;
const foregroundDelay = 5;

/**
 * Rejects if the service cannot do what the caller must rely on: the headers and the cost policy.
 *
 * @param takenUp Whether the job may have earlier headers.
 */
export async function setUpJob(
  job: BackgroundCopyJob,
  order: Order,
  takenUp: boolean,
): Promise<void> {
  const { settings, tag, key } = order;
  const { priority, cost } = settings;
  // Calls on one job keep their order. The description is first: if this process ends here, the next one
  // finds the job.
  const calls: Promise<unknown>[] = [
    wish(job.setDescription(tagText(tag, key, longestDescription))),
    job.setPriority(priority === 'foreground' ? priority : 'normal'),
    ...delays(job, settings).map(wish),
    ...headers(job, settings, takenUp),
  ];
  if (cost !== undefined) {
    calls.push(job.setProperty('costFlags', transferPolicy(cost as DownloadCostPolicy)));
  }
  await Promise.all(calls);
}

// The time without progress goes first, since the delay must not exceed it.
function delays(job: BackgroundCopyJob, { priority, retryDelay }: RouteSettings) {
  const delay = retryDelay === undefined ? undefined : Math.ceil(retryDelay / 1000);
  const seconds = delay ?? (priority === 'foreground' ? foregroundDelay : undefined);
  if (seconds === undefined) return [];
  return [
    job.setNoProgressTimeout(Math.max(noProgressTimeout, 2 * seconds)),
    job.setMinimumRetryDelay(seconds),
  ];
}

function headers(
  job: BackgroundCopyJob,
  settings: RouteSettings,
  takenUp: boolean,
): Promise<unknown>[] {
  const given = settings.headers.length > 0;
  if (!given && !takenUp) return [];
  const http = job.as('IBackgroundCopyJobHttpOptions');
  const redirects = hasCredentials(settings.headers)
    ? httpSecurityFlag['redirect-policy-disallow']
    : httpSecurityFlag['redirect-policy-allow-silent'];
  const calls = [
    http.setCustomHeaders(given ? headerLines(settings.headers) : null),
    http.setSecurityFlags(redirects),
  ];
  // A job that cannot have headers has none.
  return given ? calls : calls.map(wish);
}
