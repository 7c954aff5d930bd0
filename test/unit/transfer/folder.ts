// SPDX-License-Identifier: MIT

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** Returns what makes a folder for the current test. The folder is removed after the test. */
export function folders(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  });
  return () => {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'dosvc-transfer-'));
    made.push(folder);
    return folder;
  };
}
