// SPDX-License-Identifier: MIT
//
// dosvc cancel: ends a transfer and deletes what it has transferred.

import { change } from '../transfers/change.js';

export const cancel = change({
  name: 'cancel',
  summary: 'End a job or a download, and delete its data',
  said: 'Cancelled.',
  call: (transfer) => transfer.cancel(),
});
