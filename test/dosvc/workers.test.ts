// SPDX-License-Identifier: MIT
// Several environments of one process share a job. Each withdraws what it has set, even if it ends in
// the same turn, and none prevents another from withdrawing.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { run } from '../processes/child.js';
import { howOften } from '../repetition/how-often.js';
import { it } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';

const timeout = howOften(120_000, 300_000);

/** Runs a program whose workers share a job. */
function runWorkers(program: string, id: string, times: number) {
  const args = [JSON.stringify(standIn), id, String(times)];
  return run(join(import.meta.dirname, 'programs', program), args, { patience: 300_000 });
}

describe('workers of one job', () => {
  it(
    'that end as they begin to listen leave neither flags nor a notify interface',
    { timeout },
    async ({ job, control }) => {
      const workers = howOften(10, 200);
      const flags = await job.getNotifyFlags();
      const ending = await runWorkers('hooked-workers.mjs', job.id, workers);
      expect(ending).toMatchObject({ status: 0, stdout: `${String(workers)} ended\n`, stderr: '' });
      expect(await job.getNotifyFlags()).toBe(flags);
      expect(await job.getNotifyInterface()).toBeNull();
      expect(await control.count('callbacks-held')).toBe(0);
    },
  );

  it(
    'can read the notify interface while another withdraws it',
    { timeout },
    async ({ job, control }) => {
      const ending = await runWorkers('given-back.mjs', job.id, howOften(50, 2000));
      expect(ending).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^found .*foreign.*\n$/) as string,
        stderr: '',
      });
      expect(await control.count('callbacks-held')).toBe(0);
    },
  );
});
