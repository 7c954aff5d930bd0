// SPDX-License-Identifier: MIT
// Hundreds of jobs and downloads at once: each has its own, and none another's.

import { describe } from 'vitest';
import { it } from '../../dosvc/downloads.js';
import { finalizeMany } from '../../dosvc/many-downloads.js';
import { completeMany, pollIntervals } from '../../dosvc/many-jobs.js';

describe('200 jobs at once', () => {
  it.for(pollIntervals)(
    'are transferred and completed, each told of once (a poll each %i ms)',
    (pollInterval, { control, folder, server }) =>
      completeMany({ control, folder, server }, 200, pollInterval),
  );
});

describe('300 downloads at once', () => {
  it('are made, waited for and finalized', ({ control, downloads, folder, server }) =>
    finalizeMany({ control, downloads, folder, server }, 300));
});
