// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { closedAddress } from '../http/closed-address.js';

it('has no port that a server gets by default if it asks for any', async () => {
  const addresses = await Promise.all(Array.from({ length: 100 }, closedAddress));
  const ports = addresses.map((address) => Number(address.split(':')[1]));
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

it('refuses a connection', async () => {
  const refused = await fetch(`http://${await closedAddress()}/`).catch((error: unknown) => error);
  expect(refused).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});
