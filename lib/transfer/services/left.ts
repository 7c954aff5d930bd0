// SPDX-License-Identifier: MIT
//
// The transfers that downloads of ours left in the services.

import { DownloadManager } from '../../downloads/manager.js';
import { DosvcError } from '../../errors.js';
import { BackgroundCopyManager } from '../../jobs/manager.js';
import { discard } from '../discard.js';
import type { LeftTransfer } from '../left-transfer.js';
import type { RouteName } from '../route.js';
import { endJob } from './end-job.js';
import { end } from './outcomes.js';
import type { Tagged } from './tag.js';
import { leftDownloads } from './take-up-download.js';
import { leftJobs } from './left-jobs.js';

/** Class ids or names of the services. */
interface Services {
  bits?: string;
  deliveryOptimization?: string;
}

/** Iterates over the transfers of ours. A service that cannot be reached has none. */
export async function* leftTransfers({
  bits = 'bits',
  deliveryOptimization = 'delivery-optimization',
}: Services = {}): AsyncGenerator<LeftTransfer, void, undefined> {
  yield* ofDownloads(
    await unlessMissing(DownloadManager.connect({ service: deliveryOptimization })),
  );
  yield* ofJobs(await unlessMissing(BackgroundCopyManager.connect({ service: bits })));
}

async function* ofDownloads(manager: DownloadManager | null): AsyncGenerator<LeftTransfer> {
  if (manager === null) return;
  try {
    for (const { download, tagged } of await leftDownloads(manager)) {
      const file = await download.getProperty('localPath').catch(() => null);
      if (file === null) continue;
      yield {
        ...leftAs('delivery-optimization', tagged, file),
        end: async () => {
          await end(() => download.abort());
          await discard(file);
        },
      };
    }
  } finally {
    await manager.close();
  }
}

async function* ofJobs(manager: BackgroundCopyManager | null): AsyncGenerator<LeftTransfer> {
  if (manager === null) return;
  try {
    for (const { job, file, tagged } of await leftJobs(manager)) {
      if (file === undefined) continue;
      const { localName } = file;
      yield {
        ...leftAs('bits', tagged, localName),
        end: async () => {
          await endJob(job);
          await discard(localName);
        },
      };
    }
  } finally {
    await manager.close();
  }
}

function leftAs(route: RouteName, { key, created }: Tagged, file: string) {
  return { route, key, file, created };
}

async function unlessMissing<T>(connecting: Promise<T>): Promise<T | null> {
  try {
    return await connecting;
  } catch (error) {
    if (error instanceof DosvcError) return null;
    throw error;
  }
}
