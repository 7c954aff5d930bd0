// SPDX-License-Identifier: MIT
// Reads the stand-in's log: test/stand-in/process/service_log.h.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Under Wine the build has chosen the folder. On Windows the setup of the tests chooses it. */
export const path = join(process.env.DOSVC_TEST_SERVICE ?? 'C:\\dosvc-stand-in', 'service.log');

/** Returns all lines, or none if there is no log. */
export function allLines(): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

/** Returns the last lines, for the report of a failed test. */
export function lastLines(count: number): string[] {
  return allLines().slice(-count);
}
