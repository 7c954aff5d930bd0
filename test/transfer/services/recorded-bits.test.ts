// SPDX-License-Identifier: MIT
//
// The route 'bits': what reaches the service for a new job, in order, and what the route makes of the answers.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { nothingLeaks } from '../../binding/nothing-leaks.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { failures } from '../../system/file-failures.js';
import { ordered } from './order.js';
import { it, type RecordedBits } from './recorded-bits.js';

const address = 'https://example.com/app.msix?sig=s1gnature';
const cancel = 'IBackgroundCopyJob::Cancel';
const description =
  /^SetDescription dosvc\/1 tag-1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ com\.contoso\.app\/update$/;
const failing = failures();

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

  it('whose set-up fails gets no file while it is cancelled', async ({ bits, file }) => {
    const { object } = bits.creates();
    bits.fails(object, 'IBackgroundCopyJob::SetPriority', 'E_ACCESSDENIED');
    // What an earlier transfer left is in use until then, and deleted before the job has ended.
    writeFileSync(file, 'old');
    failing('unlink', 'EBUSY', Infinity, () => bits.count(cancel) === 0);
    bits.tell(object, cancel, { held: true });
    const preparing = awaitedLater(bits.route.prepare(ordered({ address, file }).order));
    try {
      await expect.poll(() => existsSync(file)).toBe(false);
    } finally {
      object.letGo();
    }
    await expect(preparing).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    await nothingLeaks();
    expect(bits.calls().at(-1)).toBe('Cancel');
    expect(bits.count('IBackgroundCopyJob::AddFile')).toBe(0);
  });

  it('that cannot be cancelled either rejects with why its set-up failed', async ({
    bits,
    file,
  }) => {
    const { object } = bits.creates();
    bits.fails(object, 'IBackgroundCopyJob::SetPriority', 'BG_E_BLOCKED_BY_POLICY');
    bits.fails(object, cancel, 'E_ACCESSDENIED');
    const { order } = ordered({ address, file });
    const code = 'BG_E_BLOCKED_BY_POLICY';
    await expect(bits.route.prepare(order)).rejects.toMatchObject({ code });
    expect(bits.calls().at(-1)).toBe('Cancel');
  });

  it('replaces the file that an earlier one left', async ({ bits, file }) => {
    bits.creates();
    writeFileSync(file, 'old');
    const transfer = await bits.route.prepare(ordered({ address, file }).order);
    expect(existsSync(file)).toBe(false);
    await transfer.stop('keep');
  });

  it('is cancelled, without its file, if that cannot be replaced', async ({ bits, file }) => {
    bits.creates();
    mkdirSync(file);
    const { order } = ordered({ address, file });
    await expect(bits.route.prepare(order)).rejects.toThrow(`The file ${file} cannot be deleted.`);
    expect(bits.count('IBackgroundCopyJob::AddFile')).toBe(0);
    expect(bits.calls().at(-1)).toBe('Cancel');
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
