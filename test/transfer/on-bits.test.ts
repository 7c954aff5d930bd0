// SPDX-License-Identifier: MIT
//
// download() on BITS itself, through the package.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundCopyManager, cleanUp, download, type TransferOptions } from 'dosvc';
import { expect } from 'vitest';
import { start } from '../processes/child.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { rejection } from '../promises/rejection.js';
import { underWine } from '../system/under-wine.js';
import { onBits } from '../service/on-bits.js';

interface Fixtures {
  file: string;
  get: (url: string, options?: TransferOptions) => ReturnType<typeof download>;
}

const prefix = 'dosvc.test/';
const program = join(import.meta.dirname, 'programs', 'download.mjs');
const hashOf = (content: Buffer) => ({
  sha256: createHash('sha256').update(content).digest('hex'),
});

const it = onBits.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that the service outlasts the jobs
  file: async ({ folder, server: _server }, use) => {
    await use(join(folder, 'app.msix'));
    await cleanUp({ prefix, olderThan: 0 });
  },
  get: async ({ file }, use) => {
    const key = `${prefix}update`;
    await use((url, options) => download(url, file, { routes: ['bits'], key, ...options }));
  },
});

/** The states of the jobs with a file in a folder. */
async function statesIn(folder: string): Promise<unknown[]> {
  const manager = await BackgroundCopyManager.connect({ service: 'bits' });
  const states: unknown[] = [];
  for (const job of await manager.enumJobs()) {
    const { state, files } = await job.snapshot();
    if (files?.some(({ localName }) => localName?.startsWith(folder))) states.push(state);
  }
  await manager.close();
  return states;
}

it('fetches, checks and names the file', async ({ server, folder, file, get }) => {
  const { url, content } = server.file('whole', 'app.msix', 3_000_000);
  const result = await get(url, { hash: hashOf(content), size: content.length });
  expect(result).toMatchObject({
    ...{ route: 'bits', id: expect.any(String) as string, file, bytes: content.length },
    ...{ verified: 'sha256', attempts: [] },
  });
  expect(readFileSync(file).equals(content)).toBe(true);
  expect(readdirSync(folder)).toEqual(['app.msix']);
  expect(new Set(await statesIn(folder))).toEqual(new Set(underWine ? ['acknowledged'] : []));
});

it('leaves neither a file nor a job when it is aborted', async ({ server, folder, get }) => {
  const { url } = server.file('held');
  const control = new AbortController();
  const getting = awaitedLater(get(url, { signal: control.signal }));
  await expect.poll(() => server.holding).toBe(1);
  control.abort();
  // Wine's BITS answers no Cancel before the server sends more. But if the transfer ends while its notify
  // interface is withdrawn, Wine's BITS calls the released object and crashes.
  await sleep(200);
  server.letGo();
  expect(await rejection(getting)).toMatchObject({ code: 'ABORT_ERR' });
  await expect.poll(() => readdirSync(folder)).toEqual([]);
  // Wine may still list a job that was cancelled.
  const states = await statesIn(folder);
  expect(states.filter((state) => state !== 'cancelled')).toEqual([]);
});

it('is followed by http where BITS fails', async ({ server, file, get }) => {
  const { url, content } = server.file('whole');
  const name = new URL(url).pathname.slice(1);
  server.serve(name, { content, status: 503 });
  const result = await get(url, {
    routes: ['bits', 'http'],
    stallTimeout: 1000,
    onStart: ({ route }) => {
      if (route === 'http') server.serve(name, { content });
    },
  });
  expect(result).toMatchObject({ route: 'http', attempts: [{ route: 'bits' }] });
  expect(readFileSync(file).equals(content)).toBe(true);
});

it('is followed by http where BITS stalls, even if it does not end the transfer', async ({
  server,
  folder,
  file,
  get,
}) => {
  // Wine's BITS answers no Cancel before the server does.
  const { url, content } = server.file('held');
  const name = new URL(url).pathname.slice(1);
  const result = await get(url, {
    routes: ['bits', 'http'],
    stallTimeout: 1000,
    onStart: ({ route }) => {
      if (route === 'http') server.serve(name, { content });
    },
  });
  expect(result).toMatchObject({
    route: 'http',
    attempts: [{ route: 'bits', error: { code: 'ERR_DOSVC_STALLED' } }],
  });
  expect(readFileSync(file).equals(content)).toBe(true);
  server.letGo();
  await expect.poll(() => readdirSync(folder)).toEqual(['app.msix']);
  for (const state of await statesIn(folder)) expect(state).toBe('cancelled');
});

it('continues when it is detached, and the same call finishes it', async ({
  server,
  folder,
  file,
  get,
}) => {
  const { url, content } = server.file('whole');
  const left = await get(url, { detach: true });
  expect(left).toEqual({ key: `${prefix}update`, route: 'bits', id: expect.any(String) as string });
  await expect.poll(() => server.asked.length).toBeGreaterThan(0);
  const result = await get(url, { detach: true });
  expect(result).toMatchObject({ route: 'bits', id: left.id, bytes: content.length });
  expect(readFileSync(file).equals(content)).toBe(true);
  expect(readdirSync(folder)).toEqual(['app.msix']);
});

it('of a process that was killed is taken up by the next, and no byte comes twice', async ({
  server,
  folder,
  file,
  get,
}) => {
  const { url, content } = server.file('held');
  const options = { routes: ['bits'], key: `${prefix}update` };
  const child = start(program, [url, file, JSON.stringify(options)]);
  const [, id] = /starts bits (\S+)/.exec(await child.said('starts')) ?? [];
  await expect.poll(() => server.holding).toBe(1);
  child.process.kill('SIGKILL');
  await child.ended;
  const before = server.asked.length;
  server.letGo();
  expect(await get(url)).toMatchObject({ route: 'bits', id });
  for (const { range } of server.asked.slice(before)) expect(range).not.toMatch(/^bytes=0-/);
  expect(readFileSync(file).equals(content)).toBe(true);
  expect(readdirSync(folder)).toEqual(['app.msix']);
});

it('is ended by cleanUp() if nobody takes it up', async ({ server, folder, get }) => {
  const { url } = server.file('whole');
  await get(url, { detach: true });
  await expect.poll(() => server.asked.length).toBeGreaterThan(0);
  expect(await cleanUp({ prefix })).toEqual([]);
  const ended = await cleanUp({ prefix, olderThan: 0 });
  expect(ended).toMatchObject([{ route: 'bits', key: `${prefix}update` }]);
  expect(readdirSync(folder)).toEqual([]);
});
