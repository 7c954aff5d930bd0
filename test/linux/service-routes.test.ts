// SPDX-License-Identifier: MIT
// On a system other than Windows, the routes of the services say so, and nothing was left in a service.

import { expect, it } from 'vitest';
import type { Order } from '../../lib/transfer/route.js';
import { bits } from '../../lib/transfer/services/bits.js';
import { deliveryOptimization } from '../../lib/transfer/services/delivery-optimization.js';
import { leftTransfers } from '../../lib/transfer/services/left.js';

it.each([bits, deliveryOptimization])('$name is not there', async (route) => {
  const order: Order = {
    address: 'http://127.0.0.1/',
    file: '/tmp/file.abcdef.svc',
    tag: 'tag',
    key: undefined,
    sameContent: false,
    size: null,
    settings: {
      priority: 'foreground',
      cost: undefined,
      retryDelay: undefined,
      headers: [['Authorization', 'x']],
      fetch: globalThis.fetch,
    },
    signal: new AbortController().signal,
    report: () => undefined,
  };
  for (let tries = 0; tries < 2; tries += 1) {
    await expect(route.prepare(order)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM',
    });
  }
});

it('there is nothing to clean up', async () => {
  for await (const left of leftTransfers()) expect.unreachable(left.file);
});
