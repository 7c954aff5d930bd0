// SPDX-License-Identifier: MIT
// Fixtures for the tests of the stand-in, created for each test. Afterwards no job is left, and no
// fault or switch is set.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackgroundCopyManager, type BackgroundCopyJob } from 'dosvc';
import { test } from 'vitest';
import { Control } from './control.js';
import { standIn } from './installation.js';
import { bytesOf } from '../../http/served.js';
import { HttpServer } from '../../http/server.js';

interface Fixtures {
  server: HttpServer;
  /** An empty folder. */
  folder: string;
  control: Control;
  manager: BackgroundCopyManager;
  /** A new job, suspended and without files. */
  job: BackgroundCopyJob;
}

/** Connects to the stand-in with the tests' defaults. */
export function connect(): Promise<BackgroundCopyManager> {
  return BackgroundCopyManager.connect({ ...standIn, pollInterval: 50 });
}

/** Cleans up the service, over a new connection: a test may have killed the process. */
export async function clearAway(): Promise<void> {
  const control = await Control.connect();
  await control.reset();
  await control.removeJobs();
  control.close();
}

export const it = test.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  server: async ({}, use) => {
    const server = await HttpServer.start();
    await use(server);
    await server.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-stand-in-'));
    await use(folder);
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  },
  // Jobs are cancelled before the folder is removed and the server stops.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that it outlasts the jobs
  control: async ({ server: _server, folder: _folder }, use) => {
    // Remove what an interrupted run left behind.
    await clearAway();
    const control = await Control.connect();
    await use(control);
    control.close();
    await clearAway();
  },
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- as above
  manager: async ({ control: _control }, use) => {
    const manager = await connect();
    await use(manager);
    await manager.close();
  },
  job: async ({ manager }, use) => {
    await use(await manager.createJob('stand-in test'));
  },
});

/** A file that is sent in pieces, slowly enough for a test to act meanwhile. */
export function slowly(size: number) {
  const content = bytesOf(size);
  return { content, etag: '"1"', pace: { bytes: size >> 4, milliseconds: 100 } };
}

/** The same for a download of the newer API, whose progress is reported in whole MiB. */
export function slowlyInMiB() {
  return { content: bytesOf(6 << 20), etag: '"1"', pace: { bytes: 1 << 20, milliseconds: 250 } };
}

/** A file of which a response has only the first third, 2 MiB, until `letGo()`. */
export function held(size = 6 << 20) {
  return { content: bytesOf(size), etag: '"1"', hold: Math.floor(size / 3) };
}

/** Resolves when the job is in this state. */
export async function reach(job: BackgroundCopyJob, state: string): Promise<void> {
  for (;;) {
    const now = await job.getState();
    if (now === state) return;
    if (now === 'error' || now === 'cancelled') throw new Error(`The job is ${now}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when some of the job's bytes have arrived. */
export async function begin(job: BackgroundCopyJob): Promise<void> {
  while ((await job.getProgress()).bytesTransferred === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
