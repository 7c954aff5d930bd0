// SPDX-License-Identifier: MIT

import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');

/** The LANGID of the language in which Windows speaks to the user. */
export const usersLanguage = kernel32.func('uint16_t GetUserDefaultUILanguage()') as () => number;
