// SPDX-License-Identifier: MIT
//
// The downloads of ours that exist in Delivery Optimization, by the tag in their display name. The service
// lists the downloads of this caller only.

import type { Download } from '../../downloads/download.js';
import type { DownloadManager } from '../../downloads/manager.js';
import type { Mark } from './recent-look.js';
import { tagIn, type Tagged } from './tag.js';

/** A download of ours that still exists. */
export interface LeftDownload {
  download: Download;
  /** The file that it writes. */
  file: string;
  tagged: Tagged;
}

/** Lists the downloads of ours. A download that cannot be read is none of them. */
export async function leftDownloads(manager: DownloadManager): Promise<LeftDownload[]> {
  const left: LeftDownload[] = [];
  await Promise.all(
    (await manager.enumDownloads()).map(async (download) => {
      const found = await leftDownload(download).catch(() => null);
      if (found === null) await download[Symbol.asyncDispose]();
      else left.push(found);
    }),
  );
  return left;
}

async function leftDownload(download: Download): Promise<LeftDownload | null> {
  const tagged = tagIn(await download.getProperty('displayName'));
  if (tagged === null) return null;
  const file = await download.getProperty('localPath');
  return file === null ? null : { download, file, tagged };
}

/** Closes the object. The download itself is left as it is. */
export async function letGo({ download }: LeftDownload): Promise<void> {
  await download[Symbol.asyncDispose]();
}

export function markOf({ file, tagged }: LeftDownload): Mark {
  return { tag: tagged.tag, localName: file };
}
