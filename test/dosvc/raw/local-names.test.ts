// SPDX-License-Identifier: MIT
// The names that a job's file can have, through koffi: they are looked at when the file is added.

import koffi from 'koffi';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { iidOf } from '../../facts/facts.js';
import { guidBytes, wide } from '../../recorder/plan.js';
import { call, invoke, pointerIn, release, room, type Pointer } from '../../com/vtable.js';
import { it } from '../../stand-in/client/fixtures.js';
import { as, createJob, unknownSize } from './job.js';

const E_INVALIDARG = 0x80070057;
const E_ACCESSDENIED = 0x80070005;
const ERROR_PATH_NOT_FOUND = 0x80070003;

const VT_BSTR = 8;
const sinkFilePath = 4; // DOFilePropertyId_DownloadSinkFilePath

const automation = koffi.load('oleaut32.dll');
const allocate = automation.func('void *SysAllocString(void *)') as (text: Buffer) => Pointer;
const free = automation.func('void SysFreeString(void *)') as (text: Pointer) => void;

const url = 'http://127.0.0.1/file';

/** Adds a file to a new job in both ways, and returns what each says of its path. */
async function added(path: string): Promise<number[]> {
  const job = await createJob();
  const [adder, job2] = [
    await as(job, 'IDeliveryOptimizationJob'),
    await as(job, 'IDeliveryOptimizationJob2'),
  ];
  const address = 'IDeliveryOptimizationJob::AddFileWithRanges';
  const withPath = await invoke(adder, address, 'one', url, path, 0, null, unknownSize);
  const file = room();
  const iid = guidBytes(iidOf('IDeliveryOptimizationFile'));
  await call(job2, 'IDeliveryOptimizationJob2::AddFile', 'two', url, 0, null, iid, file);
  const file2 = await as(pointerIn(file), 'IDeliveryOptimizationFile2');
  const value = Buffer.alloc(24);
  value.writeUInt16LE(VT_BSTR, 0);
  value.writeBigUInt64LE(allocate(wide(path)), 8);
  const later = await invoke(file2, 'IDeliveryOptimizationFile2::SetProperty', sinkFilePath, value);
  free(value.readBigUInt64LE(8));
  await call(job, 'IBackgroundCopyJob::Cancel');
  for (const object of [file2, pointerIn(file), job2, adder, job]) release(object);
  return [withPath, later];
}

it.for([
  ['with a wildcard', 'file-?.bin'],
  ['with several', '*.*'],
  ['with a character that Windows forbids', 'a|b'],
  ['of a stream', 'file.bin:stream'],
  ['with a control character', 'a\tb'],
  ['that ends in a separator', 'file\\'],
  ['in a folder with a wildcard', 'fol?der\\file.bin'],
] as const)('a name %s is not valid', async ([, name], { control, folder }) => {
  expect(await added(`${folder}\\${name}`)).toEqual([E_INVALIDARG, E_INVALIDARG]);
  expect(readdirSync(folder)).toEqual([]);
  expect(await control.count('jobs')).toBe(0);
});

it('a path can have 260 characters, and no more', async ({ control, folder }) => {
  const longest = `${folder}\\`.padEnd(260, 'a');
  expect(await added(longest)).not.toContain(E_INVALIDARG);
  expect(await added(`${longest}a`)).toEqual([E_INVALIDARG, E_INVALIDARG]);
  expect(await control.count('jobs')).toBe(0);
});

it.for(['file.bin', 'C:file.bin', '\\\\?\\C:\\file.bin', '\\\\.\\C:\\file.bin'])(
  'a path must be absolute and without a prefix: %s',
  async (path, { control }) => {
    expect(await added(path)).toEqual([E_INVALIDARG, E_INVALIDARG]);
    expect(await control.count('jobs')).toBe(0);
  },
);

it('a folder in the place of the file is refused, and a folder that is missing', async ({
  control,
  folder,
}) => {
  const inPlace = join(folder, 'folder');
  mkdirSync(inPlace);
  expect(await added(inPlace)).toEqual([E_ACCESSDENIED, E_ACCESSDENIED]);
  const missing = join(folder, 'no', 'such', 'file.bin');
  expect(await added(missing)).toEqual([ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND]);
  expect(existsSync(join(folder, 'no'))).toBe(false);
  expect(await added(join(folder, 'file.bin'))).toEqual([0, 0]);
  expect(readdirSync(folder)).toEqual(['folder']);
  expect(await control.count('jobs')).toBe(0);
});
