// SPDX-License-Identifier: MIT
// download() that is aborted at many random moments: test/transfer/on-stand-in.test.ts, for longer.

import { expectAbortsLeaveNothing, it } from '../../scenarios/transfers.js';

const timeout = 300_000;

it(
  'leaves neither a file nor a transfer when it is aborted, 100 times out of 100',
  { timeout },
  async ({ server, folder, get, states, control }) => {
    await expectAbortsLeaveNothing({ server, folder, get, states, control }, 100);
  },
);
