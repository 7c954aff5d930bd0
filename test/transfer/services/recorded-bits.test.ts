// SPDX-License-Identifier: MIT
//
// The route 'bits': what reaches the service, in order, and what the route makes of the answers.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../../promises/awaited-later.js';
import { ordered } from './order.js';
import { it, type RecordedBits } from './recorded-bits.js';

const address = 'https://example.com/app.msix?sig=s1gnature';
const description =
  /^SetDescription dosvc\/1 tag-1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ com\.contoso\.app\/update$/;
const ours = 'dosvc/1 tag-1 2026-11-30T02:57:36Z com.contoso.app/update';

/** The calls, without the ones before the job was set up. */
function settings(bits: RecordedBits): string[] {
  return bits.calls().filter((call) => !/^(CreateJob|SetDescription|AddFile)/.test(call));
}

describe('a new job', () => {
  it('is set up in this order, and has its file last', async ({ bits, file }) => {
    bits.creates();
    const { order } = ordered({ address, file });
    const transfer = await bits.route.prepare(order);
    expect(bits.calls()).toEqual([
      'CreateJob app.msix',
      expect.stringMatching(description),
      'SetPriority 0',
      'SetNoProgressTimeout 1209600',
      'SetMinimumRetryDelay 5',
      `AddFile ${address} ${file}`,
    ]);
    expect(transfer.takenUp).toBe(false);
    expect(transfer.id).toMatch(/^[0-9a-f-]{36}$/);
    await transfer.stop('keep');
  });

  it('in the background has the delays of BITS', async ({ bits, file }) => {
    bits.creates();
    const { order } = ordered({ address, file, settings: { priority: 'background' } });
    const transfer = await bits.route.prepare(order);
    expect(settings(bits)).toEqual(['SetPriority 2']);
    await transfer.stop('keep');
  });

  it.for([
    [5000, 5, 1_209_600],
    [60_001, 61, 1_209_600],
    [2 ** 31 - 1, 2_147_484, 4_294_968],
  ] as const)(
    'has a retry delay of %i ms',
    async ([retryDelay, delay, timeout], { bits, file }) => {
      bits.creates();
      const { order } = ordered({
        address,
        file,
        settings: { priority: 'background', retryDelay },
      });
      const transfer = await bits.route.prepare(order);
      expect(settings(bits).slice(1, 3)).toEqual([
        `SetNoProgressTimeout ${String(timeout)}`,
        `SetMinimumRetryDelay ${String(delay)}`,
      ]);
      await transfer.stop('keep');
    },
  );

  it('does without delays that the service does not have', async ({ bits, file }) => {
    const { object } = bits.creates();
    for (const name of ['Description', 'NoProgressTimeout', 'MinimumRetryDelay']) {
      bits.fails(object, `IBackgroundCopyJob::Set${name}`, 'E_NOTIMPL');
    }
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    await transfer.stop('keep');
  });

  it.for([
    ['always', '800000ff'],
    ['unrestricted', '80000021'],
    ['standard', '80000067'],
    ['no-roaming', '8000007f'],
    ['no-surcharge', '8000006f'],
    ['no-cellular', '80000021'],
  ] as const)('has the cost flags of %s', async ([cost, flags], { bits, file }) => {
    bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file, settings: { cost } }).order);
    expect(settings(bits)).toContain(`SetProperty 1 ${flags}`);
    await transfer.stop('keep');
  });

  it('is not made where the service has no cost flags', async ({ bits, file }) => {
    const { object } = bits.creates();
    object.deny('{E847030C-BBBA-4657-AF6D-484AA42BF1FE}');
    const { order } = ordered({ address, file, settings: { cost: 'standard' } });
    await expect(bits.route.prepare(order)).rejects.toMatchObject({
      code: 'ERR_DOSVC_INTERFACE_MISSING',
    });
    expect(bits.calls().at(-1)).toBe('Cancel');
  });

  it('may be redirected with headers that grant nothing', async ({ bits, file }) => {
    bits.creates();
    const headers = [
      ['X-Contoso', 'update'],
      ['Accept', '*/*'],
    ] as const;
    const transfer = await bits.route.prepare(
      ordered({ address, file, settings: { headers } }).order,
    );
    expect(settings(bits).slice(-2)).toEqual([
      'SetCustomHeaders X-Contoso: update\r\nAccept: */*\r\n',
      'SetSecurityFlags 0',
    ]);
    await transfer.stop('keep');
  });

  it('must not be redirected with credentials, which stand nowhere else', async ({
    bits,
    file,
  }) => {
    bits.creates();
    const headers = [['Authorization', 'Bearer s3cret']] as const;
    const transfer = await bits.route.prepare(
      ordered({ address, file, settings: { headers } }).order,
    );
    expect(settings(bits).slice(-2)).toEqual([
      'SetCustomHeaders Authorization: Bearer s3cret\r\n',
      'SetSecurityFlags 512',
    ]);
    const others = bits.calls().filter((call) => !/^(SetCustomHeaders|AddFile) /.test(call));
    expect(others.join()).not.toMatch(/s3cret|example\.com|s1gnature/);
    await transfer.stop('keep');
  });

  it.for(['SetCustomHeaders', 'SetSecurityFlags'] as const)(
    'is not made with headers where the service lacks %s',
    async (method, { bits, file }) => {
      const { object } = bits.creates();
      bits.fails(object, `IBackgroundCopyJobHttpOptions::${method}`, 'E_NOTIMPL');
      const headers = [['Authorization', 'Bearer s3cret']] as const;
      const { order } = ordered({ address, file, settings: { headers } });
      await expect(bits.route.prepare(order)).rejects.toMatchObject({ code: 'E_NOTIMPL' });
      expect(bits.calls().at(-1)).toBe('Cancel');
    },
  );

  it('replaces the file that an earlier one left', async ({ bits, file }) => {
    bits.creates();
    writeFileSync(file, 'old');
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(existsSync(file)).toBe(false);
    await transfer.stop('keep');
  });

  it('is not made for an address or a path that BITS does not take', async ({
    bits,
    folder,
    file,
  }) => {
    const long = ordered({ address: `https://example.com/${'x'.repeat(2200)}`, file });
    await expect(bits.route.prepare(long.order)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'BG_E_STRING_TOO_LONG',
    });
    const deep = ordered({ address, file: join(folder, 'x'.repeat(255)) });
    await expect(bits.route.prepare(deep.order)).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'ERROR_FILENAME_EXCED_RANGE',
    });
    expect(bits.calls()).toEqual([]);
  });

  it('is not made after an abort', async ({ bits, file }) => {
    const { order } = ordered({ address, file, signal: AbortSignal.abort('enough') });
    await expect(bits.route.prepare(order)).rejects.toMatchObject({
      code: 'ABORT_ERR',
      cause: 'enough',
    });
    expect(bits.calls()).toEqual([]);
  });
});

describe('a job that an earlier process left', () => {
  it('is taken up with new settings', async ({ bits, file }) => {
    bits.list([bits.job({ description: ours, files: [[address, file]] })]);
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(transfer.takenUp).toBe(true);
    expect(bits.calls()).toEqual([
      expect.stringMatching(description),
      'SetPriority 0',
      'SetNoProgressTimeout 1209600',
      'SetMinimumRetryDelay 5',
      'SetCustomHeaders null',
      'SetSecurityFlags 0',
    ]);
    await transfer.stop('keep');
  });

  it('is found whatever the case of its path', async ({ bits, file }) => {
    bits.list([bits.job({ description: ours, files: [[address, file.toUpperCase()]] })]);
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(transfer.takenUp).toBe(true);
    await transfer.stop('keep');
  });

  it('gets the new address of the same content while it is suspended', async ({ bits, file }) => {
    const left = bits.job({ description: ours, files: [[`${address}-old`, file]] });
    bits.list([left]);
    const transfer = await bits.route.prepare(ordered({ address, file, sameContent: true }).order);
    await transfer.detach();
    const calls = bits.calls();
    expect([calls[0], calls[1], calls.at(-1)]).toEqual([
      'Suspend',
      `SetRemoteName ${address}`,
      'Resume',
    ]);
    expect(calls).not.toContain('Cancel');
  });

  it.for(['IBackgroundCopyJob::Suspend', 'IBackgroundCopyFile2::SetRemoteName'])(
    'gives way to a new one if %s is refused',
    async (row, { bits, file }) => {
      const left = bits.job({ description: ours, files: [[`${address}-old`, file]] });
      const refusing = row.includes('File2') ? left.files[0] : left.object;
      if (refusing) bits.fails(refusing, row, 'E_NOTIMPL');
      bits.list([left]);
      bits.creates();
      const transfer = await bits.route.prepare(
        ordered({ address, file, sameContent: true }).order,
      );
      expect(transfer.takenUp).toBe(false);
      expect(bits.calls().filter((call) => /^(Cancel|CreateJob)/.test(call))).toEqual([
        'Cancel',
        'CreateJob app.msix',
      ]);
      await transfer.stop('keep');
    },
  );

  it('and is transferred needs only be completed', async ({ bits, file }) => {
    bits.list([bits.job({ description: ours, state: 'TRANSFERRED', files: [[address, file]] })]);
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    writeFileSync(file, 'whole');
    await expect(transfer.run()).resolves.toMatchObject({ bytes: 5 });
    expect(bits.calls()).toEqual(['Complete']);
  });

  it('is cancelled if it fetches something else to the same file', async ({ bits, file }) => {
    bits.list([
      bits.job({ description: ours, files: [[`${address}-old`, file]] }),
      bits.job({ description: ours.replace('tag-1', 'tag-2'), files: [[address, file]] }),
      bits.job({ description: ours }),
    ]);
    bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(transfer.takenUp).toBe(false);
    expect(bits.calls().slice(0, 4)).toEqual(['Cancel', 'Cancel', 'Cancel', 'CreateJob app.msix']);
    await transfer.stop('keep');
  });

  it('is left alone if it is not ours', async ({ bits, folder, file }) => {
    const unreadable = bits.job({ files: [[address, file]] });
    bits.fails(unreadable.object, 'IBackgroundCopyJob::GetDescription', 'E_ACCESSDENIED');
    const other = join(folder, 'other.svc');
    bits.list([
      unreadable,
      bits.job({ description: '', files: [[address, file]] }),
      bits.job({ description: 'Contoso update', files: [[address, file]] }),
      bits.job({ description: ours.replace('dosvc/1', 'dosvc/2'), files: [[address, file]] }),
      bits.job({ description: ours, files: [[address, other]] }),
      bits.job({ description: ours, files: [[address, file], [address, other]] }), // prettier-ignore
      bits.job({ description: ours, state: 'CANCELLED', files: [[address, file]] }),
      bits.job({ description: ours, state: 'ACKNOWLEDGED', files: [[address, file]] }),
    ]);
    bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(transfer.takenUp).toBe(false);
    expect(bits.calls()[0]).toBe('CreateJob app.msix');
    await transfer.stop('keep');
  });

  it('is left alone if it belongs to this user with other rights', async ({ bits, file }) => {
    const elevated = bits.job({ description: ours, files: [[address, file]] });
    bits.fails(elevated.object, 'IBackgroundCopyJob::SetPriority', 'E_ACCESSDENIED');
    bits.list([elevated]);
    bits.creates();
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(transfer.takenUp).toBe(false);
    expect(bits.calls()).not.toContain('Cancel');
    await transfer.stop('keep');
  });
});

describe('many transfers', () => {
  const enumJobs = 'IBackgroundCopyManager::EnumJobs';
  const prepare = async (bits: RecordedBits, file: string) =>
    bits.route.prepare(ordered({ address, file }).order);

  it('look once for what was left, in a moment', async ({ bits, folder }) => {
    bits.list([bits.job({ description: ours, files: [[address, join(folder, 'other.svc')]] })]);
    for (const name of ['one', 'two', 'three']) {
      bits.creates();
      const transfer = await prepare(bits, join(folder, name));
      await transfer.stop('discard');
    }
    expect(bits.count(enumJobs)).toBe(1);
  });

  it('look again for what this process has left', async ({ bits, file }) => {
    bits.creates();
    const first = await prepare(bits, file);
    await first.stop('keep');
    bits.list([bits.job({ description: ours, files: [[address, file]] })]);
    const second = await prepare(bits, file);
    expect(second.takenUp).toBe(true);
    await second.stop('keep');
    expect(bits.count(enumJobs)).toBe(2);
  });
});

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
    await bits.callBack(job, 'JobModification');
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
    await bits.callBack(job, 'JobTransferred');
    await expect(run).resolves.toEqual({ bytes: 10, declared: 10 });
    expect(bits.calls().slice(-2)).toEqual(['Resume', 'Complete']);
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
      const transfer = await bits.route.prepare(ordered({ address, file }).order);
      bits.enter(job, 'TRANSFERRING');
      const run = awaitedLater(transfer.run());
      bits.enter(job, state);
      await bits.callBack(job, 'JobModification');
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
