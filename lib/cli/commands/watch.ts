// SPDX-License-Identifier: MIT
//
// dosvc watch: a live view of the transfers of both services, or of one.

import { command } from '../command.js';
import { checkId, listable } from '../transfers/find.js';
import { One } from '../watching/one.js';
import { serviceOption } from '../usage.js';

export const watch = command({
  name: 'watch',
  parameters: ['[<id>]'],
  summary: "Watch BITS' jobs and Delivery Optimization's downloads",
  more: [
    'With <id>, it ends when that one is transferred (status 0) or has failed (1); without,',
    'at Ctrl+C. The transfers themselves go on. Not on a terminal, it prints each change.',
  ],
  options: {
    'all-users': { type: 'boolean', help: 'Of all users; needs an administrator' },
    ...serviceOption,
  },
  stops: true,
  async run({ parameters: [id], options }, context) {
    const { service } = options;
    const sources =
      id === undefined
        ? listable(service, options['all-users'])
        : [new One(checkId(id), service, context.note)];
    // What draws takes packages, which the other commands do without.
    const { watchAll } = await import('../watching/watch-all.js');
    await watchAll(sources, context, { single: id !== undefined });
  },
});
