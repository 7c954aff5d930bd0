// SPDX-License-Identifier: MIT
//
// download() on the stand-in, also aborted again and again: by its downloads as the route 'delivery-optimization', and by its jobs as
// 'bits', which it plays as well.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { DownloadManager } from '../../lib/downloads/manager.js';
import { downloadBy } from '../../lib/transfer/call.js';
import { http } from '../../lib/transfer/http/route.js';
import type { TransferOptions, TransferResult } from '../../lib/transfer/options.js';
import { jobRoute } from '../../lib/transfer/services/bits.js';
import { downloadRoute } from '../../lib/transfer/services/delivery-optimization.js';
import type { Ways } from '../../lib/transfer/ways.js';
import type { HttpServer } from '../http/server.js';
import { awaitedLater } from '../promises/awaited-later.js';
import type { Control } from '../stand-in/client/control.js';
import { it as base, slowlyInMiB } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';
import { nothingLeaks } from './counters.js';
import { byChance } from './chance.js';

const ways: Ways = {
  routes: {
    'delivery-optimization': downloadRoute(clsid),
    bits: jobRoute(clsid),
    http,
  },
  left: () => undefined,
};

export interface Fixtures {
  file: string;
  get: (url: string, options?: TransferOptions) => Promise<TransferResult>;
  /** The states of all downloads that the service has. */
  states: () => Promise<unknown[]>;
}

export const it = base.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that it outlasts the downloads
  file: async ({ folder, control: _control }, use) => {
    await use(join(folder, 'app.msix'));
    await nothingLeaks();
  },
  get: async ({ file }, use) => {
    await use(
      (url, options) => downloadBy(ways, { url, file, options }, '') as Promise<TransferResult>,
    );
  },
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- as above
  states: async ({ file: _file }, use) => {
    const manager = await DownloadManager.connect({ service: clsid });
    await use(async () => {
      const downloads = await manager.enumDownloads();
      return Promise.all(downloads.map(async (one) => (await one.getStatus()).state));
    });
    await manager.close();
  },
});

/** Expects that nothing is left of downloads that are aborted at `times` random moments. */
export async function expectAbortsLeaveNothing(
  {
    server,
    folder,
    get,
    states,
    control,
  }: Omit<Fixtures, 'file'> & { server: HttpServer; folder: string; control: Control },
  times: number,
): Promise<void> {
  const url = server.serve('file', slowlyInMiB());
  await byChance(async (next) => {
    for (let time = 0; time < times; time += 1) {
      const stopping = new AbortController();
      const routes = [next() < 0.5 ? ('bits' as const) : ('delivery-optimization' as const)];
      const getting = awaitedLater(get(url, { routes, signal: stopping.signal }));
      await sleep(next() * 400);
      stopping.abort();
      await getting.catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'ABORT_ERR' });
      });
      await expect.poll(() => readdirSync(folder)).toEqual([]);
    }
  });
  expect(await states()).toEqual([]);
  expect(await control.count('jobs')).toBe(0);
}
