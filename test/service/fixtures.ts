// SPDX-License-Identifier: MIT
// The fixtures of a test of the service, new for each test. Afterwards its own jobs are cancelled,
// and no others are touched: on Windows they belong to other programs.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager, DosvcError, type BackgroundCopyJob } from 'dosvc';
import { test } from 'vitest';
import { binding } from '../binding/raw-binding.js';
import { HttpServer } from '../http/server.js';
import { onWinesBits, options, service } from './service.js';
import { renewWinesService } from './wines-service.js';

interface Fixtures {
  service: undefined;
  server: HttpServer;
  /** An empty folder. */
  folder: string;
  /** Registers a job to be cancelled when the test ends. */
  own: (job: BackgroundCopyJob) => BackgroundCopyJob;
  manager: BackgroundCopyManager;
  /** A new job, suspended and without files. */
  job: BackgroundCopyJob;
}

/** Returns false if the job was closed. */
async function cancel(job: BackgroundCopyJob): Promise<boolean> {
  try {
    await job.cancel();
  } catch (error) {
    if (!(error instanceof DosvcError)) throw error;
    if (error.code === 'ERR_DOSVC_CLOSED') return false;
    // The job is already completed or cancelled.
    if (!final.has(error.code)) throw error;
  }
  return true;
}

async function cancelById(ids: Iterable<string>): Promise<void> {
  await using manager = await BackgroundCopyManager.connect(options);
  for (const id of ids) {
    try {
      await cancel(await manager.getJob(id));
    } catch (error) {
      if (!(error instanceof DosvcError && final.has(error.code))) throw error;
    }
  }
}

// Proxies are released on other threads. If the same object arrives again while its proxy is being
// destroyed, Wine's COM finds that proxy and calls into freed memory. So everything that a test
// closed is released before the next test starts.
async function letGo(): Promise<void> {
  const late = Date.now() + 10_000;
  while (binding.counters().objects > 0) {
    if (Date.now() > late) throw new Error('The test left an object that it did not close');
    await sleep(5);
  }
}
const final = new Set<string>([service.invalidState.code, service.unknownJob.code]);

export const it = test.extend<Fixtures>({
  service: [
    // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
    async ({}, use) => {
      if (onWinesBits) await renewWinesService();
      await use(undefined);
      await letGo();
    },
    { auto: true },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  server: async ({}, use) => {
    const server = await HttpServer.start();
    await use(server);
    await server.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-service-'));
    await use(folder);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  },
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that they outlast the jobs
  manager: async ({ server: _server, folder: _folder }, use) => {
    const manager = await BackgroundCopyManager.connect(options);
    await use(manager);
    await manager.close();
  },
  // Jobs are cancelled before the folder is removed and the server stops, each through its own
  // object if that is still open. Held responses are sent first: the BITS of Wine 8 does not cancel
  // while it waits for the server.
  own: async ({ server, manager }, use) => {
    const jobs: BackgroundCopyJob[] = [];
    await use((job) => {
      jobs.push(job);
      return job;
    });
    server.letGo();
    const closed = new Set<string>();
    for (const job of jobs) if (!(await cancel(job))) closed.add(job.id);
    if (closed.size === 0) return;
    await manager.close();
    await cancelById(closed);
  },
  job: async ({ manager, own }, use) => {
    await use(own(await manager.createJob('dosvc test')));
  },
});

/** For tests after which nothing is left in the service: the file renews it, not each test. */
export const itOnOneService = it.extend({
  service: [
    // eslint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      await use(undefined);
      await letGo();
    },
    { auto: true },
  ],
});

/** Resolves when the job has ended: true if every file was transferred, false if it failed. */
export function settled(job: BackgroundCopyJob): Promise<boolean> {
  return new Promise((resolve) => {
    const transferred = () => {
      end(true);
    };
    const failed = () => {
      end(false);
    };
    const end = (well: boolean) => {
      job.off('transferred', transferred).off('error', failed);
      resolve(well);
    };
    job.on('transferred', transferred).on('error', failed);
  });
}

/**
 * Resolves after one more look at the job, queued behind all earlier calls, has emitted its events.
 * The first listener of another object of the job starts that look.
 */
export async function looked(manager: BackgroundCopyManager, job: BackgroundCopyJob) {
  const other = await manager.getJob(job.id);
  await new Promise((resolve) => other.once('progress', resolve));
  await other[Symbol.asyncDispose]();
  await job.getState();
}
