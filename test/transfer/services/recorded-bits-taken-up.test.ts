// SPDX-License-Identifier: MIT
//
// The route 'bits': what reaches the service of a job that was left, and how often it is asked for them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, vi } from 'vitest';
import { ordered } from './order.js';
import { it, type RecordedBits } from './recorded-bits.js';

const address = 'https://example.com/app.msix?sig=s1gnature';
const description =
  /^SetDescription dosvc\/1 tag-1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ com\.contoso\.app\/update$/;
const ours = 'dosvc/1 tag-1 2026-11-30T02:57:36Z com.contoso.app/update';

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

  it('and ends while it is taken up needs only be completed', async ({ bits, file }) => {
    const left = bits.job({ description: ours, state: 'TRANSFERRING', files: [[address, file]] });
    bits.fails(left.object, 'IBackgroundCopyJob::Resume', 'BG_E_EMPTY');
    bits.list([left]);
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    bits.enter(left, 'TRANSFERRED');
    writeFileSync(file, 'whole');
    await expect(transfer.run()).resolves.toMatchObject({ bytes: 5 });
    expect(bits.calls().slice(-2)).toEqual(['Resume', 'Complete']);
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

  afterEach(() => {
    vi.useRealTimers();
  });

  it('look once for what was left, in a moment', async ({ bits, folder }) => {
    // The moment does not pass.
    vi.useFakeTimers({ toFake: ['performance'] });
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
