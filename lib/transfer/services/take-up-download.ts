// SPDX-License-Identifier: MIT
//
// Finds the download that an earlier process left for an order: one of ours, by the tag in its display name,
// with the order's file. The service lists the downloads of this caller only.

import { DosvcError } from '../../errors.js';
import type { Download } from '../../downloads/download.js';
import type { DownloadManager } from '../../downloads/manager.js';
import type { SettableDownloadProperties } from '../../downloads/properties.js';
import type { DownloadStatus } from '../../downloads/status.js';
import type { Order } from '../route.js';
import type { PreparedDownload } from './download-transfer.js';
import { end, isDenied } from './outcomes.js';
import { propertiesFor } from './set-up-download.js';
import { tagIn, type Tagged } from './tag.js';

/** A download of ours that still exists. */
export interface LeftDownload {
  download: Download;
  tagged: Tagged;
}

// How long, in milliseconds, the service may take to carry out a pause.
const patience = 5000;

/**
 * Takes up a download for an order; undefined if there is none. One of ours that cannot be used, because it
 * fetches something else, is aborted: whoever began it no longer runs.
 */
export async function takeUpDownload(
  manager: DownloadManager,
  order: Order,
): Promise<PreparedDownload | undefined> {
  let found: PreparedDownload | undefined;
  for (const { download, tagged } of await leftDownloads(manager, order.file)) {
    try {
      const wanted = tagged.tag === order.tag && found === undefined;
      const used = wanted ? await use(download, order) : null;
      if (used === null) await end(() => download.abort());
      else found = used;
    } catch (error) {
      // The download belongs to the same user with other rights: it is left alone.
      if (!isDenied(error)) throw error;
    } finally {
      if (found?.download !== download) await download[Symbol.asyncDispose]();
    }
  }
  return found;
}

/** Lists the downloads of ours, or those of them for this file. */
export async function leftDownloads(
  manager: DownloadManager,
  file?: string,
): Promise<LeftDownload[]> {
  const all = await manager.enumDownloads(file === undefined ? null : { localPath: file });
  const left: LeftDownload[] = [];
  await Promise.all(
    all.map(async (download) => {
      const tagged = tagIn(await download.getProperty('displayName').catch(() => null));
      if (tagged === null) await download[Symbol.asyncDispose]();
      else left.push({ download, tagged });
    }),
  );
  return left;
}

/** Prepares a download for an order; null if it cannot be used. */
async function use(download: Download, order: Order): Promise<PreparedDownload | null> {
  try {
    const same = (await download.getProperty('uri')) === order.address;
    if (!same && !order.sameContent) return null;
    let { state } = await download.getStatus();
    if (state === 'transferring') state = await pause(download);
    if (state === 'transferred') return { download, takenUp: true, transferred: true };
    const { httpCustomHeaders = '', ...others } = propertiesFor(order);
    const earlier = (await download.getProperty('httpCustomHeaders').catch(() => null)) ?? '';
    if (httpCustomHeaders === '' && earlier !== '') return null;
    await set(download, {
      ...others,
      ...(httpCustomHeaders !== earlier && { httpCustomHeaders }),
      ...(!same && { uri: order.address }),
    });
    return { download, takenUp: true, transferred: false };
  } catch (error) {
    // It has ended meanwhile, or the service does not take a change: a new download may do.
    if (!(error instanceof DosvcError) || isDenied(error)) throw error;
    return null;
  }
}

// Only a download that is paused takes every change. The service may carry out a pause later.
async function pause(download: Download): Promise<DownloadStatus['state']> {
  await end(() => download.pause());
  for await (const { state } of download.watch({ timeout: patience })) {
    if (state !== 'transferring') return state;
  }
  return 'transferred';
}

async function set(
  download: Download,
  properties: Partial<SettableDownloadProperties>,
): Promise<void> {
  const each = Object.entries(properties) as [keyof SettableDownloadProperties, never][];
  await Promise.all(each.map(([name, value]) => download.setProperty(name, value)));
}
