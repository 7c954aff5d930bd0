// SPDX-License-Identifier: MIT
// The fixtures of the tests of download() on the stand-in.

import { join } from 'node:path';
import { DownloadManager } from '../../lib/downloads/manager.js';
import { downloadBy } from '../../lib/transfer/call.js';
import { http } from '../../lib/transfer/http/route.js';
import type { TransferOptions, TransferResult } from '../../lib/transfer/options.js';
import { jobRoute } from '../../lib/transfer/services/bits.js';
import { downloadRoute } from '../../lib/transfer/services/delivery-optimization.js';
import type { Ways } from '../../lib/transfer/ways.js';
import { nothingLeaks } from '../binding/nothing-leaks.js';
import { it as base } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';

const ways: Ways = {
  routes: {
    'delivery-optimization': downloadRoute(clsid),
    bits: jobRoute(clsid),
    http,
  },
  left: () => undefined,
};

interface Fixtures {
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
