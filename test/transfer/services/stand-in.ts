// SPDX-License-Identifier: MIT
//
// The route 'delivery-optimization' on the stand-in, and the fixtures of its tests.

import { join } from 'node:path';
import { DownloadManager } from '../../../lib/downloads/manager.js';
import type { Download } from '../../../lib/downloads/download.js';
import { downloadRoute } from '../../../lib/transfer/services/delivery-optimization.js';
import { jobRoute } from '../../../lib/transfer/services/bits.js';
import { it as base } from '../../stand-in/client/fixtures.js';
import { clsid } from '../../stand-in/client/installation.js';
import { nothingLeaks } from '../../binding/nothing-leaks.js';

export const route = downloadRoute(clsid);
/** One that does not know the service yet, for a version of Windows that only some tests have. */
export const newRoute = () => downloadRoute(clsid);
/** The route 'bits' on the stand-in, whose jobs can be disturbed as those of BITS cannot. */
export const jobs = jobRoute(clsid);

interface Fixtures {
  /** The file that an order names. */
  file: string;
  /** Another connection, which sees and changes what the route does. */
  others: { downloads(): Promise<Download[]> };
}

export const it = base.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that it outlasts the downloads
  file: async ({ folder, control: _control }, use) => {
    await use(join(folder, 'app.msix.abcdef.svc'));
    await nothingLeaks();
  },
  others: async ({ file }, use) => {
    const manager = await DownloadManager.connect({ service: clsid });
    await use({ downloads: () => manager.enumDownloads({ localPath: file }) });
    await manager.close();
  },
});
