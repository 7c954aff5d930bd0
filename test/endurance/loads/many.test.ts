// SPDX-License-Identifier: MIT
// Hundreds of jobs and downloads at once: each receives its own file and events, and no others.

import { describe } from 'vitest';
import { it } from '../../stand-in/client/downloads.js';
import { finalizeMany } from '../../scenarios/many-downloads.js';
import { completeMany, pollIntervals } from '../../scenarios/many-jobs.js';

describe('200 jobs at once', () => {
  it.for(pollIntervals)(
    'are transferred and completed, each reported once (a poll every %i ms)',
    (pollInterval, { control, folder, server }) =>
      completeMany({ control, folder, server }, 200, pollInterval),
  );
});

describe('300 downloads at once', () => {
  it('are created, waited for and finalized', ({ control, downloads, folder, server }) =>
    finalizeMany({ control, downloads, folder, server }, 300));
});
