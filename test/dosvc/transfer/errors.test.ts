// SPDX-License-Identifier: MIT
// Failures of a transfer, whether they are worth a retry, and what stops a transfer from outside.

import { mkdirSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Download, start } from '../../stand-in/client/driver.js';
import { closedAddress } from '../../http/closed-address.js';
import { bytesOf } from '../../http/served.js';
import { done, stopped, useServer } from '../../stand-in/client/transfers.js';

const content = bytesOf(1_000_000);
const { server, download } = useServer();

function transient(hresult: string) {
  return { outcome: 'transient', hresult, local: false };
}
function failed(hresult: string) {
  return { outcome: 'failed', hresult, local: false };
}

async function fetched(url: string, ...options: string[]) {
  const file = new Download(url);
  try {
    return (await file.fetch(...options)).ending;
  } finally {
    file.remove();
  }
}

// DOC: "Handling Server Application Errors", learn.microsoft.com/windows/win32/bits/
// handling-server-application-errors, for what is transient.
test.each([300, 304, 305, 400, 401, 403, 404, 405, 410, 416, 501, 505])(
  'status %i is an error',
  async (status) => {
    const file = download({ content, statuses: [status] });
    const hresult = (0x80190000 + status).toString(16).toUpperCase();
    expect((await file.fetch()).ending).toEqual(failed(hresult));
    expect(file.temporary).toHaveLength(0);
  },
);

test.each([408, 409, 429, 500, 502, 503, 504])('status %i is transient', async (status) => {
  const file = download({ content, statuses: [status] });
  const hresult = (0x80190000 + status).toString(16).toUpperCase();
  expect((await file.fetch()).ending).toEqual(transient(hresult));
  expect((await file.fetch()).ending).toEqual(done);
  expect(file.temporary.equals(content)).toBe(true);
});

// DOC: deliveryoptimizationerrors.h: DO_E_UNEXPECTED_HTTP_STATUS_2XX, paused.
test('a success status without content is transient', async () => {
  const file = download({ content, statuses: [204] });
  expect((await file.fetch()).ending).toEqual(transient('80D0380D'));
});

test('an error midway keeps the bytes that have arrived', async () => {
  const file = download({ content, etag: '"1"', cuts: [400_000] });
  await file.fetch();
  server().serve('file.bin', { content, etag: '"1"', statuses: [503, 404] });
  expect((await file.fetch()).ending).toEqual(transient('801901F7'));
  expect((await file.fetch()).ending).toEqual(failed('80190194'));
  const said = await file.fetch();
  expect(said.ending).toEqual(done);
  expect(said.all('answered')).toEqual(['400000']);
  expect(file.temporary.equals(content)).toBe(true);
});

test('an unreachable server is transient', async () => {
  expect(await fetched(`http://${await closedAddress()}/file`)).toEqual(transient('80072EFD'));
});

test('an unknown host name is transient', async () => {
  expect(await fetched('http://nobody.invalid/file')).toEqual(transient('80072EE7'));
});

test('an address that is invalid or has another scheme is an error', async () => {
  expect(await fetched('ftp://127.0.0.1/file')).toEqual(failed('80072EE6'));
  expect(await fetched('file')).toEqual(failed('80072EE6'));
  expect(await fetched('http://')).toEqual(failed('80072EE5'));
});

test('a server that disconnects before it responds is transient', async () => {
  const { ending } = await download({ content, instead: 'close' }).fetch();
  expect(ending).toMatchObject({ outcome: 'transient', local: false });
});

test('a silent server is abandoned at the no-progress timeout, or when the transfer is stopped', async () => {
  const file = download({ content, hold: 0 });
  expect((await file.fetch('timeout=600')).ending).toEqual(transient('80072EE2'));
  expect((await file.fetch('timeout=3600000', 'stop=600')).ending).toEqual(stopped);
});

test('a stalled body is abandoned at the no-progress timeout', async () => {
  const file = download({ content, etag: '"1"', stall: 300_000 });
  expect((await file.fetch('timeout=600')).ending).toEqual(transient('80072EE2'));
  expect(file.kept[1]).toBe('300000');
});

test('a transfer can be stopped while it waits for the server', async () => {
  const file = download({ content, etag: '"1"', stall: 300_000 });
  expect((await file.fetch('timeout=3600000', 'stop-at=300000', 'stop=300')).ending).toEqual(
    stopped,
  );
  expect(file.kept[1]).toBe('300000');
  expect(file.temporary.equals(content.subarray(0, 300_000))).toBe(true);
});

// DOC: "Delivery Optimization Return Values": DO_E_BLOCKED_BY_NO_NETWORK.
test('a lost network is transient', async () => {
  const file = download({ content, etag: '"1"', stall: 300_000 });
  const lost = await file.fetch('timeout=3600000', 'lose-at=300000');
  expect(lost.ending).toEqual(transient('80D03805'));
  server().serve('file.bin', { content, etag: '"1"' });
  const said = await file.fetch();
  expect(said.all('answered')).toEqual(['300000']);
  expect(file.temporary.equals(content)).toBe(true);
});

test('a temporary file that cannot be written is an error of the local file', async () => {
  const file = download({ content });
  await file.fetch('stop-at=1');
  const path = file.kept[0] ?? '';
  rmSync(path);
  mkdirSync(path);
  const said = await file.fetch();
  expect(said.ending).toEqual({ outcome: 'failed', hresult: '80070005', local: true });
});

test('the pauses between retries grow to their limit, and can be reset', async () => {
  const said = await start(['pauses', 100, 1000, 6]).ended;
  expect(said.all('pause')).toEqual(['100', '200', '400', '800', '1000', '1000']);
  expect(said.last('reset')).toBe('100');
});
