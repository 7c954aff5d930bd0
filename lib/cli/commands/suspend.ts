// SPDX-License-Identifier: MIT
//
// dosvc suspend: stops a transfer until it is resumed.

import { change } from '../transfers/change.js';

export const suspend = change({
  name: 'suspend',
  summary: 'Stop a job or a download until it is resumed',
  said: 'Suspended.',
  call: (transfer) => transfer.suspend(),
});
