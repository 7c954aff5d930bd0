// SPDX-License-Identifier: MIT
//
// The route 'delivery-optimization': a download of Delivery Optimization's newer API.

import { describe } from '../../codes.js';
import { abortError, DosvcError } from '../../errors.js';
import { DownloadManager } from '../../downloads/manager.js';
import { hasCredentials } from '../credentials.js';
import type { Order, Route, Transfer } from '../route.js';
import { pollIntervals } from './bits.js';
import { DownloadTransfer, type PreparedDownload } from './download-transfer.js';
import { wish } from './outcomes.js';
import { propertiesFor } from './set-up-download.js';
import { takeUpDownload } from './take-up-download.js';
import { removeFile } from './temporary-file.js';

const ERROR_NOT_SUPPORTED = 0x80070032;

/** @param service Its name or class id. */
export function downloadRoute(service: string): Route {
  return { name: 'delivery-optimization', prepare: (order) => prepare(service, order) };
}

export const deliveryOptimization: Route = downloadRoute('delivery-optimization');

async function prepare(service: string, order: Order): Promise<Transfer> {
  const { address, settings } = order;
  const pollInterval = pollIntervals[settings.priority];
  const manager = await DownloadManager.connect({ service, pollInterval });
  try {
    if (hasCredentials(settings.headers, address)) throw credentialsError();
    const prepared = (await takeUpDownload(manager, order)) ?? (await create(manager, order));
    return new DownloadTransfer(manager, order, prepared);
  } catch (error) {
    await manager.close();
    throw error;
  }
}

async function create(manager: DownloadManager, order: Order): Promise<PreparedDownload> {
  const { address, file, signal } = order;
  if (signal.aborted) throw abortError(signal);
  // The service refuses a path that exists. What an earlier transfer left is of no use to a new one.
  await removeFile(file);
  const properties = propertiesFor(order);
  const options = { uri: address, localPath: file, ...properties };
  const download = await manager.createDownload(options);
  try {
    // Before Windows 11 22H2, a download ends with the service's process, and `run()` rejects.
    await wish(download.setProperty('nonVolatile', true));
    return { download, takenUp: false, transferred: false };
  } catch (error) {
    await download.abort().catch(() => undefined);
    throw error;
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
