// SPDX-License-Identifier: MIT
// download.mjs WAY OPTIONS URL PATH: starts a download, to PATH or as a stream. WAY decides what keeps
// the process alive, or ends it. OPTIONS: the options of connect(), as JSON.

import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { DownloadManager } from 'dosvc';

const [way, options, uri, localPath] = isMainThread ? process.argv.slice(2) : workerData;
process.on('exit', () => console.log('nothing left to do'));

async function make(more) {
  const manager = await DownloadManager.connect(JSON.parse(options));
  return manager.createDownload({ uri, ...more });
}

/** Starts a stream and stops reading it, so that the service's write waits. */
async function hold() {
  const download = await make();
  const stream = download.stream();
  stream.once('data', () => stream.pause());
  await once(stream, 'data');
  while (stream.readableLength < 1 << 20) await new Promise((resolve) => setTimeout(resolve, 10));
}

const ways = {
  async stream() {
    const download = await make();
    let bytes = 0;
    const stream = download.stream();
    stream.on('data', (piece) => (bytes += piece.length));
    stream.on('end', () => console.log(`${bytes} bytes`));
  },
  async wait() {
    const download = await make({ localPath });
    await download.start();
    void download.wait().then(() => console.log('transferred'));
  },
  async listen() {
    const download = await make({ localPath });
    await download.start();
    download.on('status', () => {});
  },
  async ref() {
    const download = await make({ localPath });
    await download.start();
    download.ref().on('status', ({ state }) => {
      if (state === 'transferred') void download.finalize();
      if (state === 'finalized') console.log('finalized');
    });
  },
  async gone() {
    const download = await make({ localPath });
    await download.start();
    download.on('warning', ({ code }) => console.log(code));
    download.ref().once('status', () => console.log('ready.'));
    download.on('status', () => {});
  },
  async exit() {
    await hold();
    process.exit(0);
  },
  async worker() {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: ['hold', options, uri, localPath],
    });
    await once(worker, 'message');
    console.log(`ended with ${await worker.terminate()}`);
    const download = await make();
    console.log((await download.getStatus()).state);
    await download.abort();
  },
  async hold() {
    await hold();
    parentPort.postMessage('held');
  },
  async throw() {
    process.on('uncaughtException', ({ code, message }) => {
      console.log(`uncaught: ${code ?? message}`);
    });
    const download = await make({ localPath });
    const manager = await DownloadManager.connect(JSON.parse(options));
    const [again] = await manager.enumDownloads({ id: download.id });
    download.once('status', () => {
      throw new Error('thrown by a listener');
    });
    again.once('status', ({ state }) => console.log(`another object heard: ${state}`));
    // An error of the library that a listener throws is an uncaught exception, too.
    const refused = await again.finalize().catch((error) => error);
    again.once('status', () => {
      throw refused;
    });
    await download.start();
    await download.wait();
    console.log('transferred');
  },
};

await ways[way]();
