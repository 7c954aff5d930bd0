// SPDX-License-Identifier: MIT
//
// dosvc resume: starts a transfer, or continues it.

import { change } from '../transfers/change.js';

export const resume = change({
  name: 'resume',
  summary: 'Start a job or a download, or continue it',
  said: 'Resumed.',
  call: (transfer) => transfer.resume(),
});
