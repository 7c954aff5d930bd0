// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { closedAddress } from '../http/closed-address.js';

it('is not among the ports that a server gets which asks for any', async () => {
  const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
  const [lowest] = range.trim().split(/\s+/).map(Number);
  const ports = await Promise.all(Array.from({ length: 100 }, closedAddress));
  expect(Math.max(...ports.map((address) => Number(address.split(':')[1])))).toBeLessThan(
    lowest ?? 0,
  );
});

it('refuses a connection', async () => {
  const refused = await fetch(`http://${await closedAddress()}/`).catch((error: unknown) => error);
  expect(refused).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});
