// SPDX-License-Identifier: MIT
// again.mjs OPTIONS job ID [URL PATH]: adds the file, if one is given, resumes the job, and waits for it.
// again.mjs OPTIONS download ID: starts the download, and waits for it.
// OPTIONS: the options of connect(), as JSON. Prints how it ended.

import { BackgroundCopyManager, DownloadManager } from 'dosvc';

const [options = '{}', kind, id = '', url, path = ''] = process.argv.slice(2);
const Manager = kind === 'job' ? BackgroundCopyManager : DownloadManager;
const manager = await Manager.connect(JSON.parse(options));
try {
  if (kind === 'job') {
    const job = await manager.getJob(id);
    if (url !== undefined) await job.addFile(url, path);
    await job.resume();
    await job.wait();
  } else {
    const [download] = await manager.enumDownloads({ id });
    await download?.start();
    await download?.wait();
  }
  console.log('transferred');
} catch (error) {
  console.log(String(error));
}
await manager.close();
