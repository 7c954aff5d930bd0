// SPDX-License-Identifier: MIT
// Several environments of one process share a job. Each withdraws what it has set, even if it ends in
// the same turn, and none prevents another from withdrawing.

import { describe } from 'vitest';
import { it } from '../stand-in/client/fixtures.js';
import { expectGivenBack, expectNothingLeft } from '../scenarios/workers.js';

describe('workers of one job', () => {
  it('that end as they begin to listen leave neither flags nor a notify interface', async ({
    job,
    control,
  }) => {
    await expectNothingLeft(job, control, 10);
  });

  it('can read the notify interface while another withdraws it', async ({ job, control }) => {
    await expectGivenBack(job, control, 50);
  });
});
