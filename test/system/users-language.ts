// SPDX-License-Identifier: MIT

import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');

/** The LANGID of the user's display language. */
export const usersLanguage = kernel32.func(
  'uint16_t __stdcall GetUserDefaultUILanguage()',
) as () => number;
