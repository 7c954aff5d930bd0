// SPDX-License-Identifier: MIT
// Headers that are for servers that challenge: they go to those, and to nobody else.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../../http/served.js';
import { HttpServer } from '../../http/server.js';
import { done, useServer } from '../../stand-in/client/transfers.js';

const content = bytesOf(100_000);
const option = 'when-challenged=Authorization:Test x';
const { server, download } = useServer();
let other: HttpServer;

beforeAll(async () => {
  other = await HttpServer.start();
});
afterAll(() => other.stop());

/** The path of each request, and what it had for the challenge. */
function asked({ asked }: HttpServer): [path: string, authorization: string | undefined][] {
  return asked.splice(0).map(({ path, headers }) => [path, headers.authorization]);
}

test('a server that challenges is asked again, and with each range', async () => {
  const file = download({ content, statuses: [401] });
  expect((await file.fetch(option, 'range=0:10', 'range=20:10')).ending).toEqual(done);
  expect(asked(server())).toEqual([
    ['/file.bin', undefined],
    ['/file.bin', 'Test x'],
    ['/file.bin', 'Test x'],
  ]);
});

test.each([401, 407])('a server that always challenges is an error: %i', async (status) => {
  const file = download({ content, status });
  const hresult = (0x80190000 + status).toString(16).toUpperCase();
  expect((await file.fetch(option)).ending).toEqual({ outcome: 'failed', hresult, local: false });
  expect(asked(server())).toHaveLength(2);
});

test('the target of a redirect that challenges is asked alone', async () => {
  const target = other.serve('target', { content, statuses: [401] });
  const file = download({ content, redirect: target });
  const said = await file.fetch(option);
  expect(said.ending).toEqual(done);
  expect(said.last('url')).toBe(target);
  expect(asked(server())).toEqual([['/file.bin', undefined]]);
  expect(asked(other)).toEqual([
    ['/target', undefined],
    ['/target', 'Test x'],
  ]);
});

test('a redirect to another origin leaves them behind', async () => {
  const target = other.serve('target', { content });
  const file = download({ content, statuses: [401], redirect: target });
  const said = await file.fetch(option, 'header=X-Mine:1');
  expect(said.ending).toEqual(done);
  expect(said.last('url')).toBe(target);
  expect(asked(server())).toEqual([
    ['/file.bin', undefined],
    ['/file.bin', 'Test x'],
  ]);
  // Other headers go wherever a redirect leads, as WinHTTP sends them.
  expect(other.asked[0]?.headers['x-mine']).toBe('1');
  expect(asked(other)).toEqual([['/target', undefined]]);
  expect(file.temporary.equals(content)).toBe(true);
});

test('a redirect within the origin keeps them', async () => {
  server().serve('moved', { content });
  const file = download({ content, statuses: [401], redirect: '/moved?part=1' });
  expect((await file.fetch(option)).ending).toEqual(done);
  expect(asked(server())).toEqual([
    ['/file.bin', undefined],
    ['/file.bin', 'Test x'],
    ['/moved?part=1', 'Test x'],
  ]);
});

test('redirects in a circle behind a challenge are an error', async () => {
  server().serve('moved', { content, redirect: '/file.bin' });
  const file = download({ content, statuses: [401], redirect: '/moved' });
  const { ending } = await file.fetch(option);
  expect(ending).toEqual({ outcome: 'failed', hresult: '80072F7C', local: false });
});
