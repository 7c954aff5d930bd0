// SPDX-License-Identifier: MIT
// Which Wine this is: what its service does differs from version to version.

import koffi from 'koffi';
import { underWine } from './under-wine.js';

function majorVersion(): number {
  const version = koffi.load('ntdll.dll').func('const char *wine_get_version()');
  return Number.parseInt((version as unknown as () => string)(), 10);
}

/** Its major version; on Windows itself null. */
export const wineVersion = underWine ? majorVersion() : null;
