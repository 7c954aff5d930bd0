// SPDX-License-Identifier: MIT
// A download that went on by another route than the first: the next call begins where it is.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEEP } from '../../../lib/transfer/keep.js';
import type { TransferOptions } from '../../../lib/transfer/options.js';
import { rejection } from '../../promises/rejection.js';
import { breaks, codes, delivers, hangs, type Script } from './routes.js';
import { content, scenes, url, type Scene } from './scene.js';

const scene = scenes();

/** Leaves a download for later as soon as this route has begun. */
async function leave({ get }: Scene, on: string, options: TransferOptions = {}): Promise<void> {
  const control = new AbortController();
  const onStart = ({ route }: { route: string }) => {
    if (route === on) control.abort(KEEP);
  };
  const error = await rejection(get({ ...options, onStart, signal: control.signal }));
  expect(error).toMatchObject({ code: 'ABORT_ERR' });
}

const routeOf = (tried: string) => tried.split(' ')[0];

describe('the next call', () => {
  it.each(['bits', 'http'] as const)('begins with %s, where the last one was left', async (on) => {
    const made = scene();
    const { ways, get, names } = made;
    const failing: Script = breaks(codes.connect);
    ways.on('delivery-optimization', failing).on('bits', failing).on(on, hangs());
    await leave(made, on);
    expect(ways.transfers.at(-1)).toMatchObject({ route: on, stopped: 'keep' });
    const before = ways.tried.length;
    ways.on('delivery-optimization', delivers('of another')).on(on, delivers(content));
    expect(await get()).toMatchObject({ route: on, attempts: [] });
    expect(ways.tried.slice(before)).toEqual([`${on} ${url}`]);
    expect(names()).toEqual(['file.bin']);
  });

  it('goes on with the other routes, and is itself continued on the one that it left', async () => {
    const made = scene();
    const { ways, get, names } = made;
    ways.on('delivery-optimization', breaks(codes.connect)).on('bits', hangs());
    await leave(made, 'bits');
    ways.on('delivery-optimization', hangs()).on('bits', breaks(codes.connect));
    await leave(made, 'delivery-optimization');
    ways.on('delivery-optimization', delivers(content));
    await get();
    const tried = [
      'delivery-optimization',
      'bits',
      'bits',
      ...Array<string>(2).fill('delivery-optimization'),
    ];
    expect(ways.tried.map(routeOf)).toEqual(tried);
    expect(names()).toEqual(['file.bin']);
  });

  it('keeps to its own order if it does not take that route', async () => {
    const made = scene();
    const { ways, get, names } = made;
    ways.on('delivery-optimization', breaks(codes.connect)).on('bits', hangs());
    await leave(made, 'bits');
    ways.on('delivery-optimization', hangs());
    await leave(made, 'delivery-optimization', { routes: ['delivery-optimization', 'http'] });
    ways.on('delivery-optimization', delivers(content));
    expect(await get()).toMatchObject({ route: 'delivery-optimization' });
    expect(names()).toEqual(['file.bin']);
  });

  it('under a cost policy, does not begin with http', async () => {
    const made = scene();
    const { ways, get } = made;
    const routes = ['bits', 'http'] as const;
    ways.on('bits', breaks(codes.connect)).on('http', hangs());
    await leave(made, 'http', { routes });
    ways.on('bits', delivers(content));
    expect(await get({ routes, cost: 'no-roaming' })).toMatchObject({ route: 'bits' });
  });
});

it('nothing is remembered of a download on its first route', async () => {
  const made = scene();
  made.ways.on('delivery-optimization', hangs());
  await leave(made, 'delivery-optimization');
  expect(made.names()).toEqual([]);
});

it('nothing is remembered where no service is', async () => {
  const made = scene();
  made.ways.missing = ['delivery-optimization', 'bits'];
  made.ways.on('http', hangs());
  await leave(made, 'http');
  expect(made.names()).toEqual([]);
});

it.each(['', 'ftp', 'bitsy other', '\0'])('what says %j is no way', async (text) => {
  const made = scene();
  const { ways, get, names } = made;
  ways.on('delivery-optimization', breaks(codes.connect)).on('bits', hangs());
  await leave(made, 'bits');
  const [way = ''] = names();
  expect(way).toMatch(/\.way$/);
  writeFileSync(join(made.folder, way), text);
  ways.on('delivery-optimization', delivers(content));
  expect(await get()).toMatchObject({ route: 'delivery-optimization' });
  expect(names()).toEqual(['file.bin']);
});
