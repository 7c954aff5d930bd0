// SPDX-License-Identifier: MIT
// use.mjs URL PATH1 PATH2: downloads a file with the imported package, and with the required one.

import { createRequire } from 'node:module';
import * as imported from 'dosvc';

const require = createRequire(import.meta.url);
const required = require('dosvc');
const [url = '', ...paths] = process.argv.slice(2);

const binaries = () => Object.keys(require.cache).filter((file) => file.endsWith('.node')).length;

async function download({ BackgroundCopyManager }, path) {
  const manager = await BackgroundCopyManager.connect({ service: 'bits', pollInterval: 50 });
  const job = await manager.createJob('dosvc test');
  await job.addFile(url, path);
  const end = new Promise((resolve, reject) => {
    job.on('transferred', resolve).on('error', reject);
  });
  await job.resume();
  const alive = setInterval(() => {}, 1000);
  await end;
  clearInterval(alive);
  const { code } = await job.complete();
  await manager.close();
  return code;
}

const before = binaries();
const codes = [await download(imported, paths[0]), await download(required, paths[1])];
console.log(
  JSON.stringify({
    codes,
    before,
    after: binaries(),
    same: imported.BackgroundCopyManager === required.BackgroundCopyManager,
    names: Object.keys(required).filter((name) => !(name in imported)),
    supported: imported.isSupported(),
    version: process.version,
  }),
);
