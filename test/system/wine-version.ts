// SPDX-License-Identifier: MIT
// The version of Wine, since its BITS behaves differently from version to version.

import koffi from 'koffi';
import { underWine } from './under-wine.js';

function majorVersion(): number {
  const version = koffi.load('ntdll.dll').func('const char *wine_get_version()');
  return Number.parseInt((version as unknown as () => string)(), 10);
}

/** Wine's major version; null on Windows. */
export const wineVersion = underWine ? majorVersion() : null;
