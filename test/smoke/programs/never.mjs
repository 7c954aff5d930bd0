// SPDX-License-Identifier: MIT
// never.mjs FOLDER: a COM server that never registers its class. COM waits for it, until this process
// ends. The file says which process it is.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

writeFileSync(join(process.argv[2], `server-${process.pid}`), '');
setTimeout(() => {}, 25_000);
