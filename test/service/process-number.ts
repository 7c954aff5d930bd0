// SPDX-License-Identifier: MIT
// Wine makes the address at which a process is called back (its OXID) of the process's number, and
// gives the number of a process that has ended to the next one. A service that still had a call for
// the one before then calls the new one, which knows nothing of it: 0x800706B5, or a call that does
// not come back. As long as a handle of a process is open, no other has its number.

import koffi from 'koffi';
import { underWine } from './under-wine.js';

const kernel32 = koffi.load('kernel32.dll');
const OpenProcess = kernel32.func('void *OpenProcess(uint32_t, int, uint32_t)') as (
  access: number,
  inherit: number,
  id: number,
) => bigint | null;

const SYNCHRONIZE = 0x100000;

/** No other process gets its number as long as the calling process lives. */
export function keepNumber(process: { pid?: number | undefined }): void {
  if (underWine && process.pid !== undefined) OpenProcess(SYNCHRONIZE, 0, process.pid);
}
