// SPDX-License-Identifier: MIT
// come-and-go.mjs OPTIONS START TIMES: waits for the file START, then connects and closes one
// manager after another, TIMES times. OPTIONS: the options of connect(), as JSON.

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
