// SPDX-License-Identifier: MIT
// Checks each row of wines-answers.ts, so that a Wine that answers otherwise is noticed. The
// recorder, in test/abi, proves that this package is correct there.

import { join } from 'node:path';
import type { BackgroundCopyFile } from 'dosvc';
import { beforeAll, describe, expect } from 'vitest';
import { itOnOneService } from '../service/fixtures.js';
import { renewWinesService } from '../service/wines-service.js';
import { wineVersion } from '../system/wine-version.js';
import { rows } from './wines-answers.js';
import { answerOf } from './wines-calls.js';

describe('Wine’s BITS gives the recorded answer to', () => {
  beforeAll(renewWinesService);

  itOnOneService.for(rows)('$what', async ({ ask, answers }, { server, folder, manager, job }) => {
    await job.addFile(server.file('whole').url, join(folder, 'file.bin'));
    const [file] = (await job.enumFiles()) as [BackgroundCopyFile];
    const answer = await answerOf(ask({ server, folder, manager, job, file }));
    if (wineVersion === null || !(wineVersion in answers)) {
      const said = JSON.stringify(answer);
      expect.fail(
        `The table has no column for Wine ${String(wineVersion)}, which answered ${said}.`,
      );
    }
    expect(answer).toEqual(answers[wineVersion]);
  });
});
