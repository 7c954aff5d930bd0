// SPDX-License-Identifier: MIT
// The calls of wines-answers.ts that the library would not make, or whose outcome it would not
// report.

import { closeSync, constants, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BackgroundCopyManager,
  DosvcError,
  type BackgroundCopyFile,
  type BackgroundCopyJob,
} from 'dosvc';
import { expect } from 'vitest';
import type { HandleValue, Value } from '../../typings/binding.js';
import { raw as rawJob } from '../service/raw-job.js';
import { options } from '../service/service.js';
import { binding } from '../binding/raw-binding.js';
import { bytesOf } from '../http/served.js';
import type { HttpServer } from '../http/server.js';

/** What a row of the table can use. */
export interface Given {
  server: HttpServer;
  folder: string;
  manager: BackgroundCopyManager;
  /** Suspended, with one file. */
  job: BackgroundCopyJob;
  file: BackgroundCopyFile;
}

/** The result of a call, or the code of its rejection. */
export async function answerOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof DosvcError)) throw error;
    return error.code;
  }
}

/**
 * How a new job with one file ends: with the code of its error, or with its last state, the code of
 * Complete, and the size of the file, which is null if there is no file.
 */
export async function outcomeOf({ manager }: Given, url: string, path: string) {
  const job = await manager.createJob('dosvc test');
  await job.addFile(url, path);
  await job.resume();
  const failure = await answerOf(job.wait());
  if (failure !== undefined) {
    await job.cancel();
    return failure;
  }
  const state = await job.getState();
  const { code } = await job.complete();
  const file = statSync(path, { throwIfNoEntry: false });
  return [state, code, file?.isFile() ? file.size : null];
}

/** Opens a file that no other program can open or replace meanwhile, and keeps it open during the body. */
export async function withHeldFile<T>(path: string, body: () => Promise<T>): Promise<T> {
  // UV_FS_O_EXLOCK of libuv, which Node does not export: no sharing.
  const exclusive = 0x1000_0000;
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT | exclusive);
  try {
    return await body();
  } finally {
    closeSync(file);
  }
}

/** The error statuses with which a file ends as transferred: the page of the error is the file then. */
export async function statusesTaken(given: Given): Promise<number[]> {
  const { server, folder } = given;
  const page = Buffer.from('Error');
  const taken: number[] = [];
  for (const status of [
    400, 401, 403, 404, 407, 410, 414, 429, 451, 500, 501, 502, 503, 504, 505,
  ]) {
    const name = `status-${String(status)}.bin`;
    const url = server.serve(name, { content: page, status, page });
    const outcome = await outcomeOf(given, url, join(folder, name));
    if (typeof outcome === 'string') expect(outcome).toBe(`BG_E_HTTP_ERROR_${String(status)}`);
    else {
      expect(outcome).toEqual(['transferred', 'S_OK', page.length]);
      taken.push(status);
    }
  }
  return taken;
}

/** The size of a file, according to the service, when half of what the server has has come. */
export async function sizeMidway({ server, folder, manager }: Given, contentLength: number) {
  const job = await manager.createJob('dosvc test');
  const content = bytesOf(100_000);
  const url = server.serve('large.bin', { content, ranges: false, contentLength, hold: 50_000 });
  await job.addFile(url, join(folder, 'large.bin'));
  await job.resume();
  const [file] = (await job.enumFiles()) as [BackgroundCopyFile];
  await expect.poll(async () => (await file.getProgress()).bytesTransferred).toBeGreaterThan(0);
  const { bytesTotal } = await file.getProgress();
  server.letGo();
  await job.wait();
  await job.complete();
  return bytesTotal;
}

/** Calls a row of the binding, where the library would refuse the call or handle its failure. */
async function raw(handle: number, row: string, ...args: Value[]): Promise<Value> {
  const { hresult, value } = await binding.invoke(handle, row, args, 60_000);
  if (hresult >= 0x80000000) {
    throw new DosvcError(row, { code: codes.get(hresult) ?? hresult.toString(16) });
  }
  return value;
}
const codes = new Map([
  [0x80004001, 'E_NOTIMPL'],
  [0x800706f4, 'RPC_X_NULL_REF_POINTER'],
]);

/** Uses a handle, and releases it. */
async function withHandle<T>(value: Value, use: (handle: number) => Promise<T>): Promise<T> {
  const { handle } = value as HandleValue;
  try {
    return await use(handle);
  } finally {
    binding.release(handle);
  }
}

async function withRawJob<T>(id: string, use: (handle: number) => Promise<T>): Promise<T> {
  const bitsClass = '{4991D34B-80A1-4291-83B6-3328366B9097}';
  const { value } = await binding.connect([bitsClass, 'IBackgroundCopyManager'], 60_000);
  return withHandle(value, async (manager) =>
    withHandle(await raw(manager, 'IBackgroundCopyManager::GetJob', id), use),
  );
}

export async function askJob(id: string, method: string, ...args: string[]): Promise<Value> {
  return withRawJob(id, (job) => raw(job, `IBackgroundCopyJob::${method}`, ...args));
}

/** Calls a method of a job's error, after a file that fails has been added to the job. */
export async function askError({ server, folder, job }: Given, method: string, ...args: number[]) {
  await job.addFile(server.file(404).url, join(folder, 'missing.bin'));
  await job.resume();
  await job.wait().catch(() => undefined);
  return withHandle(await askJob(job.id, 'GetError'), (error) =>
    raw(error, `IBackgroundCopyError::${method}`, ...args),
  );
}

/** The events of a job until it is in its last state, with no poll in between. */
export async function calledBack(url: string, folder: string, last: 'transferred' | 'error') {
  await using manager = await BackgroundCopyManager.connect({ ...options, pollInterval: 600_000 });
  const job = await manager.createJob('dosvc test');
  const heard: string[] = [];
  job.on('transferred', () => heard.push('transferred'));
  job.on('error', () => heard.push('error'));
  job.on('modification', () => heard.push('modification'));
  await job.addFile(url, join(folder, 'callback.bin'));
  // After a resume() of its own, the library would look.
  await rawJob(job.id, 'Resume');
  await expect.poll(() => job.getState()).toBe(last);
  // The service's callbacks arrive before the answers to later calls.
  for (let round = 0; round < 20; round++) await job.getState();
  await job.cancel();
  return heard;
}

/** The notify flags with listeners to files, and what these hear of a job that is transferred. */
export async function toldOfFiles({ manager, folder }: Given, url: string) {
  const job = await manager.createJob('dosvc test');
  const heard: string[] = [];
  job.on('warning', ({ code }) => heard.push(code));
  job.on('transferred', () => heard.push('transferred'));
  job.on('file-transferred', () => heard.push('file-transferred'));
  job.on('file-ranges-transferred', () => heard.push('file-ranges-transferred'));
  const flags = await job.getNotifyFlags();
  await job.addFile(url, join(folder, 'told.bin'));
  await job.resume();
  await job.wait();
  // The service's callbacks arrive before the answers to later calls.
  for (let round = 0; round < 20; round++) await job.getState();
  await job.complete();
  // A callback may arrive before the look with which the refused flag is told.
  return [flags, heard.toSorted()];
}

/** The requests of an upload, the code of Complete, and the local file afterwards. */
export async function uploaded(
  { manager, server, folder }: Given,
  type: 'upload' | 'upload-reply',
) {
  const path = join(folder, 'upload.txt');
  writeFileSync(path, 'of the client');
  const url = server.serve('upload', { content: Buffer.from('of the server') });
  const job = await manager.createJob('dosvc test', type);
  await job.addFile(url, path);
  await job.resume();
  await job.wait();
  const { code } = await job.complete();
  const methods = server.asked.map(({ method }) => method);
  return [await job.getType(), methods, code, readFileSync(path, 'utf8')];
}

/** Cancels a job in the middle of its transfer, and waits three seconds for the answer. */
export async function cancelHeld(url: string, folder: string) {
  await using manager = await BackgroundCopyManager.connect({ ...options, callTimeout: 3000 });
  const job = await manager.createJob('dosvc test');
  await job.addFile(url, join(folder, 'held.bin'));
  await job.resume();
  await expect.poll(async () => (await job.getProgress()).bytesTransferred).toBeGreaterThan(0);
  return (await job.cancel()).code;
}
