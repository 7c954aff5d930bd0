// SPDX-License-Identifier: MIT
//
// dosvc jobs: the jobs of BITS.

import { command } from '../command.js';
import { Jobs } from '../transfers/jobs.js';
import { print } from '../transfers/listing.js';
import { serviceOption } from '../usage.js';

export const jobs = command({
  name: 'jobs',
  parameters: [],
  summary: 'List the jobs of BITS',
  more: ["Delivery Optimization does not list its jobs: 'dosvc job <id>' finds them by their id."],
  options: {
    'all-users': { type: 'boolean', help: 'Of all users; needs an administrator' },
    ...serviceOption,
  },
  run({ options }, context) {
    return print(new Jobs(options.service ?? 'bits', options['all-users']), context);
  },
});
