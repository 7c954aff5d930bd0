// SPDX-License-Identifier: MIT
// What the stand-in did, as it tells by itself: test/dosvc/server/service_log.h.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Under Wine the build has chosen the folder; on Windows the tests' own set-up does. */
export const path = join(process.env.DOSVC_TEST_SERVICE ?? 'C:\\dosvc-stand-in', 'service.log');

/** All its lines; none where there is no log. */
export function allLines(): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

/** For whoever reads of a test that failed. */
export function lastLines(count: number): string[] {
  return allLines().slice(-count);
}
