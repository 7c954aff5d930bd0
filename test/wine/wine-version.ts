// SPDX-License-Identifier: MIT
// Which Wine this is: what its service does differs from version to version.

import koffi from 'koffi';

const version = koffi.load('ntdll.dll').func('const char *wine_get_version()');

/** Its major version. */
export const wineVersion = Number.parseInt((version as unknown as () => string)(), 10);
