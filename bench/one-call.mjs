// SPDX-License-Identifier: MIT
// @ts-check
// Measures what download() costs: on each service beside that service's job API, on Delivery Optimization
// also beside IDODownload, which is what it calls there, and over HTTP beside fetch() to a file.

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackgroundCopyManager, download, DownloadManager } from 'dosvc';
import { fetching, withServer } from './files/files.mjs';
import { keepReleaser } from './koffi.mjs';
import { measurePairs } from './pairs.mjs';

const small = { bytes: 10_000, count: 10, pairs: 10, words: '100 files of 10 KB' };
const large = { bytes: 200_000_000, count: 1, pairs: 5, words: '200 MB' };
const bound = 1.1;

const fourteenDays = 14 * 24 * 60 * 60;

/**
 * The settings that download() makes of a job.
 * @param {import('dosvc').BackgroundCopyJob} job
 */
async function setUpOnBits(job) {
  await job.setDescription('dosvc benchmark');
  await job.setPriority('foreground');
  await job.setNoProgressTimeout(fourteenDays);
  await job.setMinimumRetryDelay(5);
}

/**
 * Of what download() sets on Delivery Optimization, a job has only the priority.
 * @param {import('dosvc').BackgroundCopyJob} job
 */
async function setUpOnDeliveryOptimization(job) {
  await job.setPriority('foreground');
}

/**
 * As a program does it. wait() has the service report every change, download() only the end.
 * @param {BackgroundCopyManager} manager
 * @param {(job: import('dosvc').BackgroundCopyJob) => Promise<void>} setUp
 * @returns {(url: string, file: string) => Promise<unknown>}
 */
function byJob(manager, setUp) {
  return async (url, file) => {
    const job = await manager.createJob('file.bin');
    await setUp(job);
    await job.addFile(url, file);
    await job.resume();
    await job.wait();
    await job.complete();
    await job[Symbol.asyncDispose]();
  };
}

/**
 * With the properties that download() sets: the service saves a download that is not volatile.
 * @param {DownloadManager} manager
 * @returns {(url: string, file: string) => Promise<unknown>}
 */
function byDownload(manager) {
  return async (uri, localPath) => {
    const settings = { displayName: 'dosvc benchmark', foreground: true, nonVolatile: true };
    const options = { uri, localPath, ...settings };
    const one = await manager.createDownload(options);
    await one.start();
    await one.wait();
    await one.finalize();
    await one[Symbol.asyncDispose]();
  };
}

/**
 * @param {string} url
 * @param {string} file
 */
async function byFetch(url, file) {
  const { body } = await fetch(url);
  if (body === null) throw new Error('no body');
  await pipeline(Readable.fromWeb(body), createWriteStream(file));
}

/**
 * @typedef {object} Beside
 * @property {'delivery-optimization' | 'bits' | 'http'} route
 * @property {string} beside what a route is compared with
 * @property {(url: string, file: string) => Promise<unknown>} base
 * @property {(typeof small)[]} files
 */

/**
 * @param {Beside} side
 * @param {string} origin
 */
async function compareRoute({ route, beside, base, files }, origin) {
  /** @type {import('./result.mjs').Result[]} */
  const results = [];
  for (const { bytes, count, pairs, words } of files) {
    const of = { url: `${origin}/${String(bytes)}/file.bin`, bytes, count };
    const ours = fetching(of, (url, file) => download(url, file, { routes: [route] }));
    results.push({
      name: `download() by ${route}, ${words}`,
      beside,
      measured: await measurePairs('ms/file', pairs, fetching(of, base), ours),
      atMost: bound,
    });
  }
  return results;
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export async function measureOneCall() {
  keepReleaser();
  const bits = await BackgroundCopyManager.connect({ service: 'bits' });
  const jobs = await BackgroundCopyManager.connect();
  const newer = await DownloadManager.connect();
  const files = [small, large];
  /** @type {Beside[]} */
  const sides = [
    { route: 'bits', beside: 'its job API', base: byJob(bits, setUpOnBits), files },
    {
      route: 'delivery-optimization',
      beside: 'its job API',
      base: byJob(jobs, setUpOnDeliveryOptimization),
      files,
    },
    { route: 'delivery-optimization', beside: 'IDODownload', base: byDownload(newer), files },
    { route: 'http', beside: 'fetch() to a file', base: byFetch, files: [large] },
  ];
  try {
    return await withServer(async (origin) => {
      const results = [];
      for (const side of sides) results.push(...(await compareRoute(side, origin)));
      return results;
    });
  } finally {
    await bits.close();
    await jobs.close();
    await newer.close();
  }
}
