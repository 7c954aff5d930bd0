// SPDX-License-Identifier: MIT
// Which Wine this is: what its service does differs from version to version.

import koffi from 'koffi';
import { underWine } from './under-wine.js';

/** The major version of Wine; null on Windows. */
export const wineVersion = underWine ? askWine() : null;

function askWine(): number {
  const version = koffi.load('ntdll.dll').func('const char *wine_get_version()');
  return Number.parseInt((version as unknown as () => string)(), 10);
}
