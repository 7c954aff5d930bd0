// SPDX-License-Identifier: MIT
// stream.mjs SERVICE URL: writes a file to stdout while Delivery Optimization downloads it.

import { pipeline } from 'node:stream/promises';
import { DownloadManager } from 'dosvc';

const [service, uri = ''] = process.argv.slice(2);
const manager = await DownloadManager.connect({ service });
const download = await manager.createDownload({ uri });
await pipeline(download.stream(), process.stdout);
await manager.close();
