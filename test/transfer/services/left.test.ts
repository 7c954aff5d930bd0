// SPDX-License-Identifier: MIT
//
// leftTransfers(): what downloads of ours left in Delivery Optimization.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { DownloadManager } from '../../../lib/downloads/manager.js';
import { leftTransfers } from '../../../lib/transfer/services/left.js';
import { held } from '../../stand-in/client/fixtures.js';
import { clsid } from '../../stand-in/client/installation.js';
import { ordered } from './order.js';
import { it, route } from './stand-in.js';

// Jobs of the stand-in cannot be listed.
const services = { deliveryOptimization: clsid, bits: clsid };

it('what is left can be ended, with its file', async ({ server, folder, file, others }) => {
  const address = server.serve('file', held());
  const before = Date.now() - 1000;
  await (await route.prepare(ordered({ address, file }).order)).detach();
  const bare = join(folder, 'bare.abcdef.svc');
  const { order } = ordered({ address, file: bare, key: undefined });
  await (await route.prepare(order)).detach();
  const foreign = await DownloadManager.connect({ service: clsid });
  const theirs = join(folder, 'theirs.bin');
  await foreign.createDownload({ uri: address, localPath: theirs, displayName: 'theirs' });
  await foreign.close();

  const found = [];
  for await (const left of leftTransfers(services)) {
    found.push({ route: left.route, key: left.key, file: left.file });
    expect(left.created.getTime()).toBeGreaterThanOrEqual(before);
    await left.end();
    expect(existsSync(left.file)).toBe(false);
  }
  expect(found.toSorted((one, other) => one.key.length - other.key.length)).toEqual([
    { route: 'delivery-optimization', key: '', file: bare },
    { route: 'delivery-optimization', key: 'com.contoso.app/update', file },
  ]);
  expect(await others.downloads()).toEqual([]);
  for await (const left of leftTransfers(services)) expect.unreachable(left.file);
});

it('a loop that is left lets go of everything', async ({ server, file }) => {
  const address = server.serve('file', held());
  await (await route.prepare(ordered({ address, file }).order)).detach();
  for await (const left of leftTransfers(services)) {
    expect(left.file).toBe(file);
    break;
  }
});
