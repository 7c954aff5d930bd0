// SPDX-License-Identifier: MIT
// Fixtures and helpers for the tests of downloads on the stand-in, through the library.

import { join } from 'node:path';
import {
  DownloadManager,
  type CreateDownloadOptions,
  type Download,
  type DownloadStatus,
} from 'dosvc';
import { it as base } from './fixtures.js';
import { standIn } from './installation.js';

/** Connects to the stand-in with the tests' defaults. */
export function connect(pollInterval = 50, callTimeout = 60_000): Promise<DownloadManager> {
  return DownloadManager.connect({ ...standIn, pollInterval, callTimeout });
}

interface Fixtures {
  downloads: DownloadManager;
  /** The path that downloads write to. */
  path: string;
  /** Creates a download of an address to `path`. */
  create: (uri: string, options?: CreateDownloadOptions) => Promise<Download>;
}

export const it = base.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that it outlasts the downloads
  downloads: async ({ control: _control }, use) => {
    const downloads = await connect();
    await use(downloads);
    await downloads.close();
  },
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- as above: what a process began goes
  path: async ({ folder, control: _control }, use) => {
    await use(join(folder, 'file.bin'));
  },
  create: async ({ downloads, path }, use) => {
    await use((uri, options) => downloads.createDownload({ uri, localPath: path, ...options }));
  },
});

/** Resolves with the status when the download is in this state. */
export async function reach(download: Download, state: string): Promise<DownloadStatus> {
  for (;;) {
    const status = await download.getStatus();
    if (status.state === state) return status;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when some of the bytes have arrived. */
export async function begins(download: Download): Promise<void> {
  while ((await download.getStatus()).bytesTransferred === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
