// SPDX-License-Identifier: MIT
// Keeps the numbers of ended processes from being reused, by keeping a handle of each open. Wine
// derives the address at which a process is called back (its OXID) from the process's number. A
// service that still has a call for an ended process would call the next process with that number,
// which does not know the object: the call fails with 0x800706B5 or never returns.

import koffi from 'koffi';
import { underWine } from './under-wine.js';

const kernel32 = koffi.load('kernel32.dll');
const OpenProcess = kernel32.func('void * __stdcall OpenProcess(uint32_t, int, uint32_t)') as (
  access: number,
  inherit: number,
  id: number,
) => bigint | null;

const SYNCHRONIZE = 0x100000;

/** Opens a handle of a process with the rights in `access`; null if that fails. */
export function openProcess(access: number, id: number): bigint | null {
  return OpenProcess(access, 0, id);
}

/** Keeps the process's number from being reused as long as the calling process lives. */
export function keepNumber(process: { pid?: number | undefined }): void {
  if (underWine && process.pid !== undefined) openProcess(SYNCHRONIZE, process.pid);
}
