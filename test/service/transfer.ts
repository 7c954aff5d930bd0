// SPDX-License-Identifier: MIT
// A transfer that stops halfway until its server sends the rest.

import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { expect } from 'vitest';
import type { HttpServer } from '../http/server.js';

/** Starts a job with one file; resolves when a part of the file has been transferred. */
export async function transferHalf(server: HttpServer, job: BackgroundCopyJob, folder: string) {
  await job.addFile(server.file('held').url, join(folder, 'file.bin'));
  await job.resume();
  await expect.poll(async () => (await job.getProgress()).bytesTransferred).toBeGreaterThan(0);
}
