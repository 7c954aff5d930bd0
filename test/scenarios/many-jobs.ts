// SPDX-License-Identifier: MIT
// Many jobs at once: each is transferred and completed, and emits its event once.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackgroundCopyManager } from 'dosvc';
import { expect } from 'vitest';
import type { Control } from '../stand-in/client/control.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';
import type { HttpServer } from '../http/server.js';

interface Given {
  control: Control;
  folder: string;
  server: HttpServer;
}

/** One so long that events come from callbacks alone, and one with polls beside the callbacks. */
export const pollIntervals = [600_000, 500];

export async function completeMany(
  { control, folder, server }: Given,
  many: number,
  pollInterval: number,
): Promise<void> {
  await using manager = await BackgroundCopyManager.connect({ ...standIn, pollInterval });
  const heard = new Map<string, string[]>();
  const run = async (_: unknown, at: number) => {
    const job = await manager.createJob(`job ${String(at)}`);
    const events: string[] = [];
    heard.set(job.id, events);
    job.on('error', ({ code }) => events.push(code));
    const url = server.serve(String(at), { content: bytesOf(20_000, at + 1) });
    await job.addFile(url, join(folder, `${String(at)}.bin`));
    const end = new Promise<void>((resolve) => {
      job.on('transferred', () => {
        events.push('transferred');
        resolve();
      });
    });
    await job.resume();
    await Promise.all([end, job.wait()]);
    expect(await job.complete()).toMatchObject({ code: 'S_OK' });
    expect(await job.getState()).toBe('acknowledged');
  };
  await Promise.all(Array.from({ length: many }, run));
  expect([...heard.values()]).toEqual(Array.from({ length: many }, () => ['transferred']));
  expect(heard.size).toBe(many);
  expect(readdirSync(folder)).toHaveLength(many);
  for (let at = 0; at < many; at++) {
    const content = readFileSync(join(folder, `${String(at)}.bin`));
    expect(content.equals(bytesOf(20_000, at + 1))).toBe(true);
  }
  expect(await control.count('jobs')).toBe(0);
}
