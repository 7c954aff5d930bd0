// SPDX-License-Identifier: MIT
//
// Our threads have names, which debuggers and profilers show.

import koffi from 'koffi';
import { expect, it } from 'vitest';
import { Scene } from '../recorder/scene.js';

const kernel32 = koffi.load('kernel32.dll');
const kernelbase = koffi.load('kernelbase.dll');
const CreateToolhelp32Snapshot = kernel32.func(
  'void * __stdcall CreateToolhelp32Snapshot(uint32_t, uint32_t)',
) as (flags: number, process: number) => bigint;
const Thread32First = kernel32.func('int __stdcall Thread32First(void *, void *)') as Step;
const Thread32Next = kernel32.func('int __stdcall Thread32Next(void *, void *)') as Step;
const OpenThread = kernel32.func('void * __stdcall OpenThread(uint32_t, int, uint32_t)') as (
  access: number,
  inherit: number,
  id: number,
) => bigint | null;
const CloseHandle = kernel32.func('int __stdcall CloseHandle(void *)') as (
  handle: bigint,
) => number;
const GetThreadDescription = kernelbase.func(
  'int32_t __stdcall GetThreadDescription(void *, _Out_ str16 *)',
) as (thread: bigint, name: (string | null)[]) => number;

type Step = (snapshot: bigint, entry: Buffer) => number;

const TH32CS_SNAPTHREAD = 4;
const THREAD_QUERY_LIMITED_INFORMATION = 0x800;
/** Of THREADENTRY32; its th32ThreadID is at offset 8, its th32OwnerProcessID at 12. */
const entrySize = 28;

function nameOf(id: number): string | null {
  const thread = OpenThread(THREAD_QUERY_LIMITED_INFORMATION, 0, id);
  if (thread === null) return null;
  const name: (string | null)[] = [null];
  GetThreadDescription(thread, name);
  CloseHandle(thread);
  return name[0] ?? null;
}

function names(): (string | null)[] {
  const snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  const entry = Buffer.alloc(entrySize);
  entry.writeUInt32LE(entrySize, 0);
  const found: (string | null)[] = [];
  for (let more = Thread32First(snapshot, entry); more; more = Thread32Next(snapshot, entry)) {
    if (entry.readUInt32LE(12) === process.pid) found.push(nameOf(entry.readUInt32LE(8)));
  }
  CloseHandle(snapshot);
  return found;
}

it('the threads of calls and the clock have names', async () => {
  const scene = await Scene.open();
  await scene.invoke('IBackgroundCopyJob::Resume');
  expect(names()).toEqual(expect.arrayContaining(['dosvc-calls', 'dosvc-clock']));
  await scene.close();
});
