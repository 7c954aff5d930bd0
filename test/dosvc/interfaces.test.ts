// SPDX-License-Identifier: MIT
// The interfaces of the stand-in's objects, called slot by slot through koffi, without the binding.
// The slots and IIDs are those of facts.json.

import koffi from 'koffi';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { iidOf } from '../facts/facts.js';
import { guidBytes, wide } from '../recorder/plan.js';
import {
  call,
  connect as connectRaw,
  invoke,
  pointerIn,
  query,
  readNumber,
  readText,
  release,
  room,
  type Pointer,
} from '../com/vtable.js';
import { it } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';
import { addFile, as, createJob, filesOf, unknownSize } from './raw/job.js';

const E_NOTIMPL = 0x80004001;
const E_NOINTERFACE = 0x80004002;
const DO_E_UNKNOWN_PROPERTY_ID = 0x80d02011;
const DO_E_READ_ONLY_PROPERTY = 0x80d02012;
const DO_E_WRITE_ONLY_PROPERTY = 0x80d02015;
const E_NOT_SET = 0x80070490;

const VT_BSTR = 8;
const VT_BOOL = 11;
const VT_UI8 = 21;

const automation = koffi.load('oleaut32.dll');
const allocate = automation.func('void * __stdcall SysAllocString(void *)') as (
  text: Buffer,
) => Pointer;
const free = automation.func('void __stdcall SysFreeString(void *)') as (text: Pointer) => void;

/** Returns those of the interfaces that an object has. */
async function having(object: Pointer, names: string[]): Promise<string[]> {
  const had: string[] = [];
  for (const name of names) {
    const found = room();
    const hresult = await query(object, name, found);
    if (hresult === 0) had.push(name);
    else expect(hresult).toBe(E_NOINTERFACE);
    if (hresult === 0) release(pointerIn(found));
  }
  return had;
}

/** An empty VARIANT, or one with a number of up to 64 bits. */
function variant(type = 0, value = 0n): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(type, 0);
  bytes.writeBigUInt64LE(value, 8);
  return bytes;
}

function text(value: string): Buffer {
  return variant(VT_BSTR, allocate(wide(value)));
}

const jobInterfaces = ['IBackgroundCopyJob', 'IBackgroundCopyJob5'];
const deliveryJobs = ['IDeliveryOptimizationJob', 'IDeliveryOptimizationJob2'];
const bitsJobs = ['IBackgroundCopyJob2', 'IBackgroundCopyJob3', 'IBackgroundCopyJob4'];
const fileInterfaces = ['IBackgroundCopyFile', 'IBackgroundCopyFile2', 'IBackgroundCopyFile5'];
const deliveryFiles = ['IDeliveryOptimizationFile', 'IDeliveryOptimizationFile2'];
const bitsFiles = ['IBackgroundCopyFile3', 'IBackgroundCopyFile4', 'IBackgroundCopyFile6'];

describe('an object', () => {
  it('has the documented interfaces, and no others of BITS', async ({ folder, server }) => {
    const job = await createJob();
    const others = ['IBackgroundCopyJobHttpOptions', 'IBackgroundCopyManager', ...bitsJobs];
    expect(await having(job, [...jobInterfaces, ...deliveryJobs, ...others])).toEqual([
      ...jobInterfaces,
      ...deliveryJobs,
    ]);

    const url = server.serve('file', { content: bytesOf(10) });
    const path = join(folder, 'file.bin');
    await addFile(job, url, path);
    const [file = 0n] = await filesOf(job, 1);
    expect(await having(file, [...fileInterfaces, ...deliveryFiles, ...bitsFiles])).toEqual([
      ...fileInterfaces,
      ...deliveryFiles,
    ]);
    expect(await readText(file, 'IBackgroundCopyFile::GetRemoteName')).toBe(url);
    expect(await readText(file, 'IBackgroundCopyFile::GetLocalName')).toBe(path);
    for (const object of [file, job]) release(object);
  });

  it('returns E_NOTIMPL from methods that are not documented', async ({ control }) => {
    expect(await control.count('hanging')).toBe(0);
    const job = await createJob();
    const calls: [string, ...Parameters<typeof invoke>[2][]][] = [
      ['AddFile', 'http://127.0.0.1/', 'C:\\x'],
      ['GetOwner', room()],
      ['SetDisplayName', 'x'],
      ['SetDescription', 'x'],
      ['GetDescription', room()],
      ['SetMinimumRetryDelay', 60],
      ['GetMinimumRetryDelay', room()],
      ['GetErrorCount', room()],
      ['SetProxySettings', 0, null, null],
      ['GetProxySettings', room(), room(), room()],
      ['TakeOwnership'],
    ];
    for (const [method, ...args] of calls) {
      const hresult = await invoke(job, `IBackgroundCopyJob::${method}`, ...args);
      expect([method, hresult]).toEqual([method, E_NOTIMPL]);
    }
    const manager = await connectRaw(clsid);
    expect(await invoke(manager, 'IBackgroundCopyManager::EnumJobs', 0, room())).toBe(E_NOTIMPL);
    release(manager);
    release(job);
  });
});

describe('IBackgroundCopyJob5', () => {
  it('has two properties, passed by value', async ({ control }) => {
    expect(await control.count('hanging')).toBe(0);
    const job = await createJob();
    const job5 = await as(job, 'IBackgroundCopyJob5');
    const value = Buffer.alloc(16);
    value.writeUInt32LE(0x80000021);
    // On x64, a union of sixteen bytes is passed as a pointer to a copy.
    await call(job5, 'IBackgroundCopyJob5::SetProperty', 1, value);
    const notification = guidBytes('12345678-1234-1234-1234-123456789ABC');
    await call(job5, 'IBackgroundCopyJob5::SetProperty', 2, notification);
    const [costs, found] = [Buffer.alloc(16), Buffer.alloc(16)];
    await call(job5, 'IBackgroundCopyJob5::GetProperty', 1, costs);
    await call(job5, 'IBackgroundCopyJob5::GetProperty', 2, found);
    expect(costs.readUInt32LE()).toBe(0x80000021);
    expect(found.equals(notification)).toBe(true);
    expect(await invoke(job5, 'IBackgroundCopyJob5::GetProperty', 5, Buffer.alloc(16))).toBe(
      DO_E_UNKNOWN_PROPERTY_ID,
    );
    // The inherited methods go through the system's own proxy.
    expect(await readNumber(job5, 'IBackgroundCopyJob::GetState')).toBe(3);
    release(job5);
    release(job);
  });
});

describe('IDeliveryOptimizationJob2', () => {
  it('adds a file whose path is set afterwards', async ({ folder, server }) => {
    const job = await createJob();
    const job2 = await as(job, 'IDeliveryOptimizationJob2');
    const content = bytesOf(1000);
    const url = server.serve('file', { content });
    const ranges = Buffer.alloc(32);
    [500n, 10n, 0n, 5n].forEach((value, at) => ranges.writeBigUInt64LE(value, at * 8));
    const added = room();
    const iid = guidBytes(iidOf('IDeliveryOptimizationFile'));
    await call(job2, 'IDeliveryOptimizationJob2::AddFile', 'id', url, 2, ranges, iid, added);
    expect(await invoke(job, 'IBackgroundCopyJob::Resume')).toBe(0x80d02018);

    const file = await as(pointerIn(added), 'IDeliveryOptimizationFile2');
    const get = 'IDeliveryOptimizationFile2::GetProperty';
    const set = 'IDeliveryOptimizationFile2::SetProperty';
    expect(await invoke(file, get, 4, variant())).toBe(E_NOT_SET);
    const path = text(join(folder, 'file.bin'));
    await call(file, set, 4, path);
    expect(await invoke(file, set, 4, path)).toBe(0x80d02019);
    free(path.readBigUInt64LE(8));

    await call(file, set, 2, variant(VT_BOOL, 0xffffn));
    const mandatory = variant();
    await call(file, get, 2, mandatory);
    expect([mandatory.readUInt16LE(0), mandatory.readInt16LE(8)]).toEqual([VT_BOOL, -1]);
    await call(file, set, 6, variant(VT_UI8, 1000n));
    const size = variant();
    await call(file, get, 6, size);
    expect([size.readUInt16LE(0), size.readBigUInt64LE(8)]).toEqual([VT_UI8, 1000n]);
    const secret = text('{}');
    await call(file, set, 0, secret);
    free(secret.readBigUInt64LE(8));
    expect(await invoke(file, get, 0, variant())).toBe(DO_E_WRITE_ONLY_PROPERTY);
    expect(await invoke(file, get, 99, variant())).toBe(DO_E_UNKNOWN_PROPERTY_ID);

    await call(job, 'IBackgroundCopyJob::Resume');
    await expect.poll(() => readNumber(job, 'IBackgroundCopyJob::GetState')).toBe(6);
    await call(job, 'IBackgroundCopyJob::Complete');
    const wanted = Buffer.concat([content.subarray(500, 510), content.subarray(0, 5)]);
    expect(readFileSync(join(folder, 'file.bin')).equals(wanted)).toBe(true);
    for (const object of [file, pointerIn(added), job2, job]) release(object);
  });

  it('has a read-only text for the error', async ({ server, folder }) => {
    const job = await createJob();
    const job2 = await as(job, 'IDeliveryOptimizationJob2');
    const get = 'IDeliveryOptimizationJob2::GetProperty';
    expect(await invoke(job2, get, 0, variant())).toBe(E_NOT_SET);
    const value = text('x');
    const set = 'IDeliveryOptimizationJob2::SetProperty';
    expect(await invoke(job2, set, 0, value)).toBe(DO_E_READ_ONLY_PROPERTY);
    expect(await invoke(job2, set, 1, value)).toBe(DO_E_UNKNOWN_PROPERTY_ID);
    free(value.readBigUInt64LE(8));

    const url = server.serve('file', { content: bytesOf(1), statuses: [404] });
    await addFile(job, url, join(folder, 'x'));
    await call(job, 'IBackgroundCopyJob::Resume');
    await expect.poll(() => readNumber(job, 'IBackgroundCopyJob::GetState')).toBe(4);
    const told = variant();
    await call(job2, get, 0, told);
    expect(told.readUInt16LE(0)).toBe(VT_BSTR);
    expect(koffi.decode.string16(told.readBigUInt64LE(8))).toContain(url);
    free(told.readBigUInt64LE(8));
    for (const object of [job2, job]) release(object);
  });
});

describe('IDeliveryOptimizationJob', () => {
  it('refuses ranges as documented', async ({ folder, server }) => {
    const job = await createJob();
    const adder = await as(job, 'IDeliveryOptimizationJob');
    const url = server.serve('file', { content: bytesOf(10) });
    const add = (ranges: bigint[], path: string | null = join(folder, 'x')) => {
      const packed = Buffer.alloc(ranges.length * 8);
      ranges.forEach((value, at) => packed.writeBigUInt64LE(value, at * 8));
      const address = 'IDeliveryOptimizationJob::AddFileWithRanges';
      return invoke(adder, address, 'id', url, path, ranges.length / 2, packed, unknownSize);
    };
    const invalid = 0x80d05010;
    const overlapping = 0x80d05012;
    expect(await add([unknownSize, 1n])).toBe(invalid);
    expect(await add([1n, 0n])).toBe(invalid);
    expect(await add([0n, 5n, 4n, 5n])).toBe(overlapping);
    expect(await add([4n, 5n, 4n, 5n])).toBe(overlapping);
    expect(await add([0n, unknownSize, 100n, 5n])).toBe(overlapping);
    expect(await add([0n, 1n], '')).toBe(0x80070057);
    expect(await add([0n, 1n], null)).toBe(0x80070057);
    expect(await add([0n, 1n], 'relative.bin')).toBe(0x80070057);
    expect(await add([4n, 5n, 0n, 4n])).toBe(0);
    release(adder);
    release(job);
  });
});

describe('IBackgroundCopyFile5', () => {
  it("has the response's headers", async ({ folder, server }) => {
    const job = await createJob();
    const url = server.serve('file', { content: bytesOf(10), etag: '"seen"' });
    await addFile(job, url, join(folder, 'x'));
    const [file = 0n] = await filesOf(job, 1);
    const file5 = await as(file, 'IBackgroundCopyFile5');
    const get = 'IBackgroundCopyFile5::GetProperty';
    expect(await invoke(file5, get, 1, room())).toBe(E_NOT_SET);
    await call(job, 'IBackgroundCopyJob::Resume');
    await expect.poll(() => readNumber(job, 'IBackgroundCopyJob::GetState')).toBe(6);
    const headers = room();
    await call(file5, get, 1, headers);
    const set = 'IBackgroundCopyFile5::SetProperty';
    expect(await invoke(file5, set, 1, 'x')).toBe(DO_E_READ_ONLY_PROPERTY);
    expect(koffi.decode.string16(pointerIn(headers))).toContain('"seen"');
    for (const object of [file5, file, job]) release(object);
  });
});
