// SPDX-License-Identifier: MIT
// come-and-go.mjs OPTIONS START TIMES: connects and closes again and again, one manager after the
// other, as soon as the file START is there. OPTIONS: what connect() is given, as JSON.

import { existsSync } from 'node:fs';
import { BackgroundCopyManager, DownloadManager } from 'dosvc';

const [options = '{}', start = '', times = ''] = process.argv.slice(2);
console.log('ready');
while (!existsSync(start)) await new Promise((resolve) => setTimeout(resolve, 5));
for (let turn = 0; turn < Number(times); turn++) {
  for (const Manager of [BackgroundCopyManager, DownloadManager]) {
    const manager = await Manager.connect(JSON.parse(options));
    await manager.close();
  }
}
console.log('answered each time');
