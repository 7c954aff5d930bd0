// SPDX-License-Identifier: MIT
//
// dosvc downloads: the downloads of Delivery Optimization.

import { command } from '../command.js';
import { Downloads } from '../transfers/downloads.js';
import { print } from '../transfers/listing.js';
import { serviceOption } from '../usage.js';

export const downloads = command({
  name: 'downloads',
  parameters: [],
  summary: 'List the downloads of Delivery Optimization',
  options: serviceOption,
  run({ options }, context) {
    return print(new Downloads(options.service ?? 'delivery-optimization'), context);
  },
});
