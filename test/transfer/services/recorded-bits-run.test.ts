// SPDX-License-Identifier: MIT
//
// The route 'bits': what reaches the service while a job runs and as it is stopped, and what comes of the
// answers.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { enumValue } from '../../facts/facts.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { ordered } from './order.js';
import { it } from './recorded-bits.js';

const address = 'https://example.com/app.msix?sig=s1gnature';

describe('a run', () => {
  it('reports progress and what the job waits for, and completes', async ({ bits, file }) => {
    const job = bits.creates();
    const { order, reports } = ordered({ address, file });
    const transfer = await bits.route.prepare(order);
    bits.err(job, 0x80200059);
    bits.enter(job, 'TRANSIENT_ERROR');
    bits.move(job, 4, 10);
    const run = awaitedLater(transfer.run());
    await expect
      .poll(() => reports.at(-1))
      .toMatchObject({
        bytesTransferred: 4,
        bytesTotal: 10,
        waitingFor: 'cost',
        trouble: {
          name: 'JobError',
          code: 'BG_E_BLOCKED_BY_COST_TRANSFER_POLICY',
          transient: true,
        },
      });
    bits.enter(job, 'TRANSFERRING');
    bits.move(job, 8, 10);
    await expect
      .poll(() => reports.at(-1))
      .toEqual({
        bytesTransferred: 8,
        bytesTotal: 10,
        waitingFor: null,
        trouble: null,
      });
    writeFileSync(file, '0123456789');
    bits.enter(job, 'TRANSFERRED');
    bits.move(job, 10, 10);
    await expect(run).resolves.toEqual({ bytes: 10, declared: 10 });
    expect(bits.calls().slice(-2)).toEqual(['Resume', 'Complete']);
  });

  it('starts a new job without a look, and is called back only at the end', async ({
    bits,
    file,
  }) => {
    const job = bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    bits.enter(job, 'TRANSFERRED');
    writeFileSync(file, '0123456789');
    await transfer.run();
    const methods = bits.methods();
    expect(methods.slice(0, methods.indexOf('Resume'))).not.toContain('GetState');
    const ends = enumValue('BG_NOTIFY_JOB_TRANSFERRED') | enumValue('BG_NOTIFY_JOB_ERROR');
    expect(bits.notifyFlags).toBe(ends);
  });

  it('fails if the job is completed without its file', async ({ bits, file }) => {
    const job = bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    bits.enter(job, 'TRANSFERRED');
    bits.tell(job.object, 'IBackgroundCopyJob::Complete', { hresult: 0x00200017 });
    await expect(transfer.run()).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'BG_S_PARTIAL_COMPLETE',
    });
    await transfer.stop('discard');
  });

  it("fails with the job's error", async ({ bits, file }) => {
    const job = bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    bits.err(job, 0x80190194);
    bits.enter(job, 'ERROR');
    await expect(transfer.run()).rejects.toMatchObject({ name: 'JobError', httpStatus: 404 });
    await transfer.stop('discard');
    expect(bits.calls().at(-1)).toBe('Cancel');
  });

  it.for(['CANCELLED', 'ACKNOWLEDGED'])(
    'fails if another client has the job %s',
    async (state, { bits, file }) => {
      const job = bits.creates();
      const { order, reports } = ordered({ address, file });
      const transfer = await bits.route.prepare(order);
      bits.enter(job, 'TRANSFERRING');
      const run = awaitedLater(transfer.run());
      await expect.poll(() => reports).not.toEqual([]);
      bits.enter(job, state);
      await expect(run).rejects.toMatchObject({
        name: 'DosvcError',
        code: expect.stringMatching(/_E_INVALID_STATE$/) as string,
      });
      bits.fails(job.object, 'IBackgroundCopyJob::Cancel', 'BG_E_INVALID_STATE');
      await transfer.stop('discard');
    },
  );

  it('fails with what the report throws', async ({ bits, file }) => {
    const job = bits.creates();
    const thrown = new Error('mine');
    const report = () => {
      throw thrown;
    };
    const transfer = await bits.route.prepare(ordered({ address, file, report }).order);
    bits.enter(job, 'TRANSFERRING');
    await expect(transfer.run()).rejects.toBe(thrown);
    await transfer.stop('discard');
  });
});

describe('a stop', () => {
  it('cancels a job that runs, which rejects the run', async ({ bits, file }) => {
    const job = bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    bits.enter(job, 'TRANSFERRING');
    const run = awaitedLater(transfer.run());
    await expect.poll(() => bits.calls().at(-1)).toBe('Resume');
    await transfer.stop('discard');
    await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(bits.calls().at(-1)).toBe('Cancel');
  });

  it('deletes what the service could not delete', async ({ bits, folder, file }) => {
    const temporary = join(folder, 'BIT1234.tmp');
    const job = bits.creates();
    bits.keepsTemporary(job, temporary);
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    writeFileSync(temporary, 'part');
    writeFileSync(file, 'part');
    await transfer.stop('discard');
    expect([temporary, file].filter((name) => existsSync(name))).toEqual([]);
  });

  it('suspends a job that is kept', async ({ bits, file }) => {
    const job = bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    bits.enter(job, 'TRANSFERRING');
    const run = awaitedLater(transfer.run());
    await expect.poll(() => bits.calls().at(-1)).toBe('Resume');
    await transfer.stop('keep');
    await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(bits.calls().at(-1)).toBe('Suspend');
  });

  it('leaves a job running where the service cannot suspend', async ({ bits, file }) => {
    const { object } = bits.creates();
    bits.fails(object, 'IBackgroundCopyJob::Suspend', 'E_NOTIMPL');
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    await transfer.stop('keep');
  });
});

it('look reports what the service says now', async ({ bits, file }) => {
  const job = bits.creates();
  const { order, reports } = ordered({ address, file });
  const transfer = await bits.route.prepare(order);
  bits.err(job, 0x80200010);
  bits.enter(job, 'TRANSIENT_ERROR');
  bits.move(job, 4, 10);
  await transfer.look();
  expect(reports).toMatchObject([{ bytesTransferred: 4, bytesTotal: 10, waitingFor: 'network' }]);
  await transfer.stop('keep');
});
