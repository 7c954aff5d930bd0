// SPDX-License-Identifier: MIT
// Wine's services differ from Windows' in places; tests that meet such a place say both.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const underWine = existsSync(
  join(process.env.SystemRoot ?? 'C:\\Windows', 'system32', 'winecfg.exe'),
);
