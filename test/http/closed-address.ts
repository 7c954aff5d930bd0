// SPDX-License-Identifier: MIT

import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Returns an address of this machine at which no server listens, and which no other test's server gets: by
 * default, a server that asks for any port gets one from 32,768 up on Linux, and from 49,152 up on Windows.
 */
export async function closedAddress(): Promise<string> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const listener = createServer();
    const listening = once(listener, 'listening').then(
      () => true,
      () => false,
    );
    listener.listen(port, '127.0.0.1');
    if (!(await listening)) continue;
    listener.close();
    await once(listener, 'close');
    return `127.0.0.1:${String(port)}`;
  }
}
