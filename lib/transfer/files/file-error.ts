// SPDX-License-Identifier: MIT
//
// What a failed file operation is called: the code with which Windows and the services report the same.

import { describe } from '../../codes.js';
import { DosvcError } from '../../errors.js';
import type { Blame } from '../../generated/hresults.js';

interface Said {
  hresult: number;
  meaning?: string;
  advice?: string;
  blame?: Blame;
}

const noAccess: Said = {
  hresult: 0x80070005, // E_ACCESSDENIED
  meaning: 'Access to the file or the folder was denied.',
  advice: 'Check the access rights and the attributes of both.',
  blame: 'disk',
};
const full: Said = { hresult: 0x80070070 }; // ERROR_DISK_FULL
const notFound: Said = { hresult: 0x80070003 }; // ERROR_PATH_NOT_FOUND

const codes: Readonly<Record<string, Said>> = {
  EACCES: noAccess,
  EPERM: noAccess,
  EROFS: { ...noAccess, meaning: 'The volume is read-only.' },
  EBUSY: { hresult: 0x80070020 }, // ERROR_SHARING_VIOLATION
  EDQUOT: { ...full, meaning: 'The disk quota of this user is exhausted.' },
  EFBIG: { ...full, meaning: 'The volume does not support files of this size.' },
  ENOSPC: full,
  EISDIR: { ...noAccess, meaning: 'There is a folder of this name.' },
  ENAMETOOLONG: { hresult: 0x800700ce }, // ERROR_FILENAME_EXCED_RANGE
  ENOENT: notFound,
  ENOTDIR: notFound,
};
const other: Said = { hresult: 0x8007001f, blame: 'disk' }; // ERROR_GEN_FAILURE

/** The error of a file operation that failed. `beginning` is a sentence that names the file. */
export function fileError(beginning: string, error: unknown): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  // Not of the operating system.
  if (!(error instanceof Error) || !/^E[A-Z0-9]+$/.test(code)) return error as Error;
  const { hresult, ...instead } = codes[code] ?? other;
  const { words, ...named } = describe(hresult, instead);
  return new DosvcError(`${beginning} ${words}`, { ...named, cause: error });
}
