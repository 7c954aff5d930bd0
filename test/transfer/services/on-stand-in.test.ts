// SPDX-License-Identifier: MIT
//
// The route 'delivery-optimization' on a service: what it sets, how it runs, and what it leaves.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { awaitedLater } from '../../promises/awaited-later.js';
import { held, slowly } from '../../stand-in/client/fixtures.js';
import { ordered } from './order.js';
import { it, newRoute, route } from './stand-in.js';

const ours = /^app\.msix dosvc\/1 tag-1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ com\.contoso\.app\/update$/;

/** The operations that a function calls on a service. */
async function operationsOf<T>(act: () => Promise<T>): Promise<[result: T, operations: string[]]> {
  const operations: string[] = [];
  const hear = (call: unknown) => {
    operations.push((call as { operation: string }).operation);
  };
  subscribe('dosvc:call', hear);
  try {
    return [await act(), operations];
  } finally {
    unsubscribe('dosvc:call', hear);
  }
}

describe('a new download', () => {
  it('has the properties that the caller wants, and runs later', async ({
    server,
    file,
    others,
  }) => {
    const { url: address } = server.file('whole');
    const headers = [['X-Contoso', 'update']] as const;
    const settings = { cost: 'no-roaming', headers };
    const transfer = await route.prepare(ordered({ address, file, settings }).order);
    const [download] = await others.downloads();
    expect(download?.id).toBe(transfer.id);
    expect(transfer.takenUp).toBe(false);
    expect(await download?.getStatus()).toMatchObject({ state: 'created' });
    expect(await download?.getProperty('uri')).toBe(address);
    expect(await download?.getProperty('displayName')).toMatch(ours);
    expect(await download?.getProperty('foregroundPriority')).toBe(true);
    expect(await download?.getProperty('costPolicy')).toBe('no-roaming');
    expect(await download?.getProperty('httpCustomHeaders')).toBe('X-Contoso: update\r\n');
    expect(await download?.getProperty('nonVolatile')).toBe(true);
    expect(server.asked).toEqual([]);
    await transfer.stop('discard');
  });

  it('in the background leaves the cost to the service', async ({ server, file, others }) => {
    const { url: address } = server.file('whole');
    const settings = { priority: 'background' } as const;
    const transfer = await route.prepare(ordered({ address, file, settings }).order);
    const [download] = await others.downloads();
    expect(await download?.getProperty('foregroundPriority')).toBe(false);
    expect(await download?.getProperty('costPolicy')).toBe('standard');
    await transfer.stop('discard');
  });

  it('ends with the service on an older Windows', async ({ server, file, others, control }) => {
    await control.setSwitch('build', 22_000);
    const { url: address } = server.file('whole');
    const transfer = await newRoute().prepare(ordered({ address, file }).order);
    const [download] = await others.downloads();
    await expect(download?.getProperty('nonVolatile')).rejects.toMatchObject({
      code: 'DO_E_UNKNOWN_PROPERTY_ID',
    });
    await transfer.stop('discard');
  });

  it('asks an older Windows for a lasting one only once', async ({ server, file, control }) => {
    await control.setSwitch('build', 22_000);
    const { url: address } = server.file('whole');
    const older = newRoute();
    const first = await older.prepare(ordered({ address, file }).order);
    const { order } = ordered({ address, file: `${file}.second` });
    const [second, operations] = await operationsOf(() => older.prepare(order));
    expect(operations.filter((one) => one === 'IDOManager::CreateDownload')).toHaveLength(1);
    await Promise.all([first.stop('discard'), second.stop('discard')]);
  });

  it.for([
    [[['Authorization', 'Bearer s3cret']], 'http://127.0.0.1/'],
    [[['x-contoso-token', 's3cret']], 'http://127.0.0.1/'],
    [[], 'http://bob:s3cret@127.0.0.1/'],
  ] as const)('is not made with credentials: %j', async ([headers, address], { file, others }) => {
    const refused = route.prepare(ordered({ address, file, settings: { headers } }).order);
    await expect(refused).rejects.toMatchObject({
      name: 'DosvcError',
      code: 'ERROR_NOT_SUPPORTED',
      message: expect.stringMatching(/^(?!.*s3cret).*redirect/) as string,
    });
    expect(await others.downloads()).toEqual([]);
  });

  it('is not left if the service refuses a property', async ({ server, file, others, control }) => {
    await control.setFault('IDODownload::SetProperty', { fail: 0x80070057 });
    const { url: address } = server.file('whole');
    await expect(route.prepare(ordered({ address, file }).order)).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
    expect(await others.downloads()).toEqual([]);
  });

  it('is not made after an abort', async ({ file, others }) => {
    const address = 'http://127.0.0.1/';
    const { order } = ordered({ address, file, signal: AbortSignal.abort('enough') });
    await expect(route.prepare(order)).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(await others.downloads()).toEqual([]);
  });
});

describe('a run', () => {
  it('puts the whole file in the place of an old one', async ({ server, folder, file }) => {
    const { url: address, content } = server.file('whole', 'app.msix', 3_000_000);
    writeFileSync(file, 'old');
    const { order, reports } = ordered({ address, file });
    const transfer = await route.prepare(order);
    await expect(transfer.run()).resolves.toEqual({ bytes: 3_000_000, declared: 3_000_000 });
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
    const bytes = reports.map(({ bytesTransferred }) => bytesTransferred);
    expect(bytes).toEqual(bytes.toSorted((one, other) => one - other));
    expect(reports.at(-1)).toEqual({
      bytesTransferred: 3_000_000,
      bytesTotal: 3_000_000,
      waitingFor: null,
      trouble: null,
    });
  });

  it.for([
    [0x80d03801, 'cost'],
    [0x80d03803, 'cellular'],
    [0x80d03804, 'power'],
    [0x80d03805, 'network'],
    [0x80d03807, 'vpn'],
  ] as const)('reports the hold 0x%x', async ([hresult, reason], { server, file, control }) => {
    await control.setSwitch('waiting', hresult);
    const { url: address } = server.file('whole');
    const { order, reports } = ordered({ address, file });
    const transfer = await route.prepare(order);
    const run = awaitedLater(transfer.run());
    await expect
      .poll(() => reports.at(-1))
      .toMatchObject({
        waitingFor: reason,
        trouble: { name: 'DownloadError', hresult, transient: true },
      });
    await control.setSwitch('waiting', 0);
    await expect(run).resolves.toMatchObject({ bytes: 100_000 });
    expect(reports.at(-1)).toMatchObject({ waitingFor: null, trouble: null });
  });

  it("fails with the download's error", async ({ server, file }) => {
    const { url: address } = server.file(404);
    const transfer = await route.prepare(ordered({ address, file }).order);
    await expect(transfer.run()).rejects.toMatchObject({
      name: 'DownloadError',
      code: 'BG_E_HTTP_ERROR_404',
    });
    await transfer.stop('discard');
  });

  it('fails if another client aborts the download', async ({ server, file, others }) => {
    const transfer = await route.prepare(
      ordered({ address: server.serve('file', held()), file }).order,
    );
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    const [download] = await others.downloads();
    await download?.abort();
    await expect(run).rejects.toMatchObject({ code: 'DO_E_INVALID_STATE' });
    await transfer.stop('discard');
  });
});

describe('a stop', () => {
  it('ends the download and deletes its file', async ({ server, folder, file, others }) => {
    const address = server.serve('file', held());
    const transfer = await route.prepare(ordered({ address, file }).order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    await transfer.stop('discard');
    await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(await others.downloads()).toEqual([]);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  it('comes through while another call hangs', async ({ server, file, control, others }) => {
    const address = server.serve('file', held());
    const transfer = await route.prepare(ordered({ address, file }).order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    await control.setFault('IDODownload::GetStatus', 'hang', 1);
    await expect.poll(() => control.count('hanging')).toBe(1);
    await transfer.stop('discard');
    await control.letGo();
    await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(await others.downloads()).toEqual([]);
  });

  it('after the run deletes the file alone', async ({ server, file }) => {
    const { url: address } = server.file('whole');
    const transfer = await route.prepare(ordered({ address, file }).order);
    await transfer.run();
    expect(existsSync(file)).toBe(true);
    await transfer.stop('discard');
    expect(existsSync(file)).toBe(false);
  });

  it('before the run leaves nothing', async ({ server, file, others }) => {
    const { url: address } = server.file('whole');
    const transfer = await route.prepare(ordered({ address, file }).order);
    await transfer.stop('discard');
    expect(await others.downloads()).toEqual([]);
  });

  it('pauses a download that is kept', async ({ server, file, others }) => {
    const address = server.serve('file', held());
    const transfer = await route.prepare(ordered({ address, file }).order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    await transfer.stop('keep');
    await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
    const [download] = await others.downloads();
    expect(await download?.getStatus()).toMatchObject({ state: 'paused', error: null });
  });
});

it('a download that is detached continues', async ({ server, file, others }) => {
  const { url: address } = server.file('whole');
  const transfer = await route.prepare(ordered({ address, file }).order);
  await transfer.detach();
  const [download] = await others.downloads();
  await download?.wait();
});

it('look reports what the service says now', async ({ server, file }) => {
  const address = server.serve('file', slowly(100_000));
  const { order, reports } = ordered({ address, file });
  const transfer = await route.prepare(order);
  await transfer.look();
  expect(reports).toEqual([
    { bytesTransferred: 0, bytesTotal: null, waitingFor: null, trouble: null },
  ]);
  await transfer.stop('discard');
});
