// SPDX-License-Identifier: MIT
// The server of the probe. test/bits and test/wine run the probe on services.

import { describe, expect, it } from 'vitest';
import { ProbeServer } from '../../../lib/diagnose/probe-server.js';

describe('the server of the probe', () => {
  it('answers once it is told to, as the services need it', async () => {
    const server = await ProbeServer.start();
    const asked = [
      fetch(server.url, { method: 'HEAD' }),
      fetch(server.url, { headers: { range: 'bytes=0-0' } }),
      fetch(server.url, { headers: { range: 'bytes=4000-' } }),
      fetch(server.url, { headers: { range: 'bytes=4096-' } }),
      fetch(server.url),
    ];
    const early = await Promise.race([...asked, new Promise((end) => setTimeout(end, 50))]);
    expect(early).toBeUndefined();
    server.open();
    const responses = await Promise.all(asked);
    const bodies = await Promise.all(responses.map((response) => response.arrayBuffer()));
    await server.stop();
    expect(responses.map(({ status }) => status)).toEqual([200, 206, 206, 416, 200]);
    expect(bodies.map(({ byteLength }) => byteLength)).toEqual([0, 1, 96, 0, 4096]);
    expect(responses.map(({ headers }) => headers.get('content-range'))).toEqual([
      null,
      'bytes 0-0/4096',
      'bytes 4000-4095/4096',
      'bytes */4096',
      null,
    ]);
    expect(responses[0]?.headers.get('content-length')).toBe('4096');
    expect(responses[0]?.headers.get('etag')).toBe('"dosvc"');
  });
});
