// SPDX-License-Identifier: MIT
// hash.mjs: prints the SHA-256 of what it reads from stdin.

import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';

const hash = createHash('sha256');
await pipeline(process.stdin, hash);
console.log(hash.digest('hex'));
