// SPDX-License-Identifier: MIT
// A transfer that stops halfway, until its server lets it go on.

import { join } from 'node:path';
import type { BackgroundCopyJob } from 'dosvc';
import { expect } from 'vitest';
import type { FileServer } from './server.js';

/** Resolves when a part of the one file has come. */
export async function transferHalf(server: FileServer, job: BackgroundCopyJob, folder: string) {
  await job.addFile(server.file('held').url, join(folder, 'file.bin'));
  await job.resume();
  await expect.poll(async () => (await job.getProgress()).bytesTransferred).toBeGreaterThan(0);
}
