// SPDX-License-Identifier: MIT

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Returns an address of this machine at which no server listens. */
export async function closedAddress(): Promise<string> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return `127.0.0.1:${String(port)}`;
}
