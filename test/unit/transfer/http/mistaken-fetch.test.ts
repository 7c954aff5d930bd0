// SPDX-License-Identifier: MIT
// A `fetch` of the caller that is wrong: it is called once, and the error names the mistake.

import { expect, it, vi } from 'vitest';
import { rejection } from '../../../promises/rejection.js';
import { scenes } from './scene.js';

const scene = scenes();
const address = 'http://127.0.0.1/file';

it.each([
  [undefined, /must return a Response, .*Received undefined/],
  [{}, /must return a Response, .*Received an instance of Object/],
  ['the file', /must return a Response, /],
  [
    { status: 200, headers: new Headers(), body: { pipe: () => undefined } },
    /body is a ReadableStream/,
  ],
])('returns %j', async (returned, message) => {
  const fetch = vi.fn(() => Promise.resolve(returned as unknown as Response));
  for (const headers of [[], [['X-Contoso', 'update']] as const]) {
    const error = await rejection(scene().fetch(address, { settings: { fetch, headers } }));
    expect(error).toMatchObject({ code: 'ERR_INVALID_RETURN_VALUE', blame: 'caller' });
    expect((error as Error).message).toMatch(message);
  }
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('throws', async () => {
  const fetch = vi.fn(() => {
    throw new TypeError('this.session.fetch is not a function');
  });
  const error = await rejection(scene().fetch(address, { settings: { fetch } }));
  expect(error).toMatchObject({ blame: 'caller', cause: { name: 'TypeError' } });
  expect((error as Error).message).toContain('this.session.fetch is not a function');
  expect(fetch).toHaveBeenCalledOnce();
});
