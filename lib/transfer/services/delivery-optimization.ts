// SPDX-License-Identifier: MIT
//
// The route 'delivery-optimization': a download of Delivery Optimization's newer API.

import { describe } from '../../codes.js';
import { abortError, DosvcError } from '../../errors.js';
import type { Download } from '../../downloads/download.js';
import { DownloadManager, type CreateDownloadOptions } from '../../downloads/manager.js';
import { hasCredentials } from '../credentials.js';
import type { Order, Route, Transfer } from '../route.js';
import { DownloadTransfer, type PreparedDownload } from './download-transfer.js';
import { leftDownloads, letGo, markOf, type LeftDownload } from './left-downloads.js';
import { again, isLack } from './outcomes.js';
import { RecentLook } from './recent-look.js';
import { propertiesFor } from './set-up-download.js';
import { perPriority, type SharedManager } from './shared-manager.js';
import { takeUpDownload } from './take-up-download.js';

const ERROR_NOT_SUPPORTED = 0x80070032;

/** @param service Its name or class id. */
export function downloadRoute(service: string): Route {
  const managers = perPriority((pollInterval) =>
    DownloadManager.connect({ service, pollInterval }),
  );
  const look = new RecentLook({ list: leftDownloads, markOf, letGo });
  return {
    name: 'delivery-optimization',
    prepare: (order) => prepare(managers[order.settings.priority], look, order),
  };
}

export const deliveryOptimization: Route = downloadRoute('delivery-optimization');

async function prepare(
  shared: SharedManager<DownloadManager>,
  look: RecentLook<DownloadManager, LeftDownload>,
  order: Order,
): Promise<Transfer> {
  const { address, settings } = order;
  const [manager, done] = await shared.use();
  try {
    if (hasCredentials(settings.headers, address)) throw credentialsError();
    const prepared = (await takeUpDownload(manager, look, order)) ?? (await create(manager, order));
    return new DownloadTransfer(prepared, order, (remains) => {
      if (remains) look.forget();
      done();
    });
  } catch (error) {
    done();
    throw error;
  }
}

async function create(manager: DownloadManager, order: Order): Promise<PreparedDownload> {
  const { address, file, signal } = order;
  if (signal.aborted) throw abortError(signal);
  const options = { uri: address, localPath: file, ...propertiesFor(order) };
  const download = await lasting(manager, options);
  return { download, takenUp: false, transferred: false };
}

// Before Windows 11 22H2, a download ends with the service's process, and `run()` rejects.
const onlyVolatile = new WeakSet<DownloadManager>();

async function lasting(
  manager: DownloadManager,
  options: CreateDownloadOptions,
): Promise<Download> {
  const nonVolatile = !onlyVolatile.has(manager);
  try {
    return await again(() =>
      manager.createDownload({ ...options, ...(nonVolatile && { nonVolatile }) }),
    );
  } catch (error) {
    if (!nonVolatile || !isLack(error)) throw error;
    onlyVolatile.add(manager);
    return lasting(manager, options);
  }
}

// Its redirects cannot be restricted.
function credentialsError(): DosvcError {
  const { words, ...named } = describe(ERROR_NOT_SUPPORTED, {
    meaning:
      'Delivery Optimization sends the headers of a request to every server that it is redirected to.',
    advice: 'So it does not get headers that grant access: use another route for these.',
  });
  return new DosvcError(words, named);
}
