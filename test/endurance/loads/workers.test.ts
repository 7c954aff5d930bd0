// SPDX-License-Identifier: MIT
// Workers that end in the same turn of the event loop in which they begin to listen, and workers
// that read a notify interface which another one withdraws: test/dosvc/workers.test.ts, for longer.

import { describe } from 'vitest';
import { it } from '../../stand-in/client/fixtures.js';
import { expectGivenBack, expectNothingLeft } from '../../scenarios/workers.js';

const timeout = 300_000;

describe('workers of one job', () => {
  it('leave nothing behind after 200 of them', { timeout }, async ({ job, control }) => {
    await expectNothingLeft(job, control, 200);
  });

  it(
    'read a notify interface that is withdrawn 2,000 times',
    { timeout },
    async ({ job, control }) => {
      await expectGivenBack(job, control, 2000);
    },
  );
});
