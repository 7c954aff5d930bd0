// SPDX-License-Identifier: MIT
// Whether the error of a download is final, so that a way of the caller's own would be no use.

import { expect, it } from 'vitest';
import { rejection } from '../../promises/rejection.js';
import { breaks, codes, delivers, hangs } from './routes.js';
import { content, scenes } from './scene.js';

const scene = scenes();
const routes = ['bits'] as const;
const hold = { holdTimeout: 50 };
const held = () => hangs({ waitingFor: 'cost', bytesTransferred: 0 });
const notFound = () => Promise.resolve(new Response(null, { status: 404 }));

it.each([
  ['a full disk', breaks(codes.diskFull), { routes }],
  ['a policy', breaks(codes.policy), { routes }],
  ['a hold that is to fail', held(), { routes, ...hold, onHold: 'fail' as const }],
  [
    'a hold under a cost policy',
    held(),
    { routes, ...hold, onHold: 'next' as const, cost: 'no-roaming' as const },
  ],
  ['a refusal that fetch meets', breaks(codes.notFound), { fetch: notFound }],
  ['the end of the time', hangs(), { routes, timeout: 100 }],
])('is final: %s', async (_, script, options) => {
  const { ways, get, names } = scene();
  ways.on('delivery-optimization', script).on('bits', script);
  expect(await rejection(get(options))).toMatchObject({ name: 'TransferError', final: true });
  // The clean-up may end after the time has.
  await expect.poll(names).toEqual([]);
});

it('is final and the hold, although another service came further', async () => {
  const { ways, get } = scene();
  ways.on('delivery-optimization', held()).on('bits', breaks(codes.unavailable));
  const options = { ...hold, onHold: 'next', cost: 'no-roaming' } as const;
  const error = await rejection(get(options));
  expect(error).toMatchObject({ final: true, httpStatus: undefined });
  expect(error).toMatchObject({ message: expect.stringContaining("waits for 'cost'") as string });
});

it.each([
  ['a connection that fails', breaks(codes.connect), { routes }],
  ['a service that is off', breaks(codes.disabled), { routes }],
  ['a refusal that fetch was not asked about', breaks(codes.notFound), { routes }],
  ['a stall', hangs(), { routes, stallTimeout: 100 }],
  ['a hold', held(), { routes, ...hold }],
  ['wrong content from a service', delivers('wrong'), { routes, size: content.length }],
])('is not final: %s', async (_, script, options) => {
  const { ways, get } = scene();
  ways.on('bits', script);
  expect(await rejection(get(options))).toMatchObject({ name: 'TransferError', final: false });
});
