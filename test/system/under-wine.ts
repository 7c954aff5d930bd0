// SPDX-License-Identifier: MIT
// Whether this is Wine, whose services differ from Windows' in places; a test that meets a
// difference states both.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const underWine = existsSync(
  join(process.env.SystemRoot ?? 'C:\\Windows', 'system32', 'winecfg.exe'),
);
