// SPDX-License-Identifier: MIT
//
// The route 'delivery-optimization': a download of Delivery Optimization's newer API.

import { describe } from '../../codes.js';
import { abortError, DosvcError } from '../../errors.js';
import { DownloadManager } from '../../downloads/manager.js';
import { hasCredentials } from '../credentials.js';
import { discard } from '../discard.js';
import type { Order, Route, Transfer } from '../route.js';
import { DownloadTransfer, type PreparedDownload } from './download-transfer.js';
import { again, isLack } from './outcomes.js';
import { propertiesFor } from './set-up-download.js';
import { perPriority, type SharedManager } from './shared-manager.js';
import { takeUpDownload } from './take-up-download.js';

const ERROR_NOT_SUPPORTED = 0x80070032;

/** What is known of a service. */
interface Known {
  /**
   * Whether a download can outlive its process, as from Windows 11 22H2 on. If it cannot, `run()` rejects
   * when the process ends.
   */
  lasting: boolean;
}

/** @param service Its name or class id. */
export function downloadRoute(service: string): Route {
  const managers = perPriority((pollInterval) =>
    DownloadManager.connect({ service, pollInterval }),
  );
  const known: Known = { lasting: true };
  return {
    name: 'delivery-optimization',
    prepare: (order) => prepare(managers[order.settings.priority], known, order),
  };
}

export const deliveryOptimization: Route = downloadRoute('delivery-optimization');

async function prepare(
  shared: SharedManager<DownloadManager>,
  known: Known,
  order: Order,
): Promise<Transfer> {
  const { address, settings } = order;
  const [manager, done] = await shared.use();
  try {
    if (hasCredentials(settings.headers, address)) throw credentialsError();
    const prepared =
      (await takeUpDownload(manager, order)) ?? (await createDownload(manager, known, order));
    return new DownloadTransfer(prepared, order, done);
  } catch (error) {
    done();
    throw error;
  }
}

async function createDownload(
  manager: DownloadManager,
  known: Known,
  order: Order,
): Promise<PreparedDownload> {
  const { address, file, signal } = order;
  if (signal.aborted) throw abortError(signal);
  // The service refuses a path that exists. What an earlier transfer left is of no use to a new one.
  await discard(file);
  const options = { uri: address, localPath: file, ...propertiesFor(order) };
  const create = async (more: { nonVolatile?: true }) => {
    const download = await again(() => manager.createDownload({ ...options, ...more }));
    return { download, takenUp: false, transferred: false };
  };
  if (!known.lasting) return create({});
  try {
    return await create({ nonVolatile: true });
  } catch (error) {
    if (!isLack(error)) throw error;
    const created = await create({});
    known.lasting = false;
    return created;
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
