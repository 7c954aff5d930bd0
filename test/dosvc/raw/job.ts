// SPDX-License-Identifier: MIT
// A job of the stand-in, called slot by slot through koffi, without the binding.

import {
  call,
  connect,
  pointerIn,
  query,
  read,
  release,
  room,
  type Pointer,
} from '../../com/vtable.js';
import { clsid } from '../../stand-in/client/installation.js';

export const unknownSize = 0xffffffffffffffffn;

/** The values of BG_JOB_STATE. */
export const State = { suspended: 3, error: 4, transferred: 6, acknowledged: 7 } as const;

export async function as(object: Pointer, name: string): Promise<Pointer> {
  const found = room();
  const hresult = await query(object, name, found);
  if (hresult !== 0) throw new Error(`QueryInterface: 0x${hresult.toString(16)}`);
  return pointerIn(found);
}

export async function createJob(): Promise<Pointer> {
  const manager = await connect(clsid);
  const job = room();
  await call(manager, 'IBackgroundCopyManager::CreateJob', 'raw', 0, room(16), job);
  release(manager);
  return pointerIn(job);
}

/** Adds a file whose id is its path. */
export async function addFile(job: Pointer, url: string, path: string): Promise<void> {
  const adder = await as(job, 'IDeliveryOptimizationJob');
  const address = 'IDeliveryOptimizationJob::AddFileWithRanges';
  await call(adder, address, path, url, path, 0, null, unknownSize);
  release(adder);
}

/** Returns the first files of a job. */
export async function filesOf(job: Pointer, count: number): Promise<Pointer[]> {
  const files = room();
  await call(job, 'IBackgroundCopyJob::EnumFiles', files);
  const [found, fetched] = [room(count * 8), room(4)];
  await call(pointerIn(files), 'IEnumBackgroundCopyFiles::Next', count, found, fetched);
  release(pointerIn(files));
  return Array.from({ length: count }, (_, at) => found.readBigUInt64LE(at * 8));
}

/** How many files of a job are transferred. */
export async function filesTransferred(job: Pointer): Promise<number> {
  return (await read(job, 'IBackgroundCopyJob::GetProgress', 24)).readUInt32LE(20);
}

/** Whether a file is available to the user. */
export async function isCompleted(file: Pointer): Promise<boolean> {
  return (await read(file, 'IBackgroundCopyFile::GetProgress', 24)).readUInt32LE(16) !== 0;
}
