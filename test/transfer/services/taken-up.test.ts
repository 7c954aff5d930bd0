// SPDX-License-Identifier: MIT
//
// What an earlier process left in Delivery Optimization, and how the route takes it up: after the end of
// the process, and after the death of the service.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Order } from '../../../lib/transfer/route.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { killService } from '../../stand-in/client/death.js';
import { held, slowly } from '../../stand-in/client/fixtures.js';
import type { HttpServer } from '../../http/server.js';
import { ordered } from './order.js';
import { it, jobs, newRoute, route } from './stand-in.js';

/** Begins a transfer, and leaves it when some of its bytes have arrived. */
async function leave(server: HttpServer, order: Order): Promise<string | null> {
  let arrived = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const report: Order['report'] = ({ bytesTransferred }) => {
    if (bytesTransferred > 0) arrived();
  };
  const transfer = await route.prepare({ ...order, report });
  const run = awaitedLater(transfer.run());
  await Promise.race([begun, run]);
  await transfer.stop('keep');
  server.letGo();
  return transfer.id;
}

/** The ranges that the server was asked for. */
function rangesOf(server: HttpServer): (string | undefined)[] {
  return server.asked.filter(({ method }) => method === 'GET').map(({ range }) => range);
}

describe('a download that was left', () => {
  it('is taken up, and what has arrived does not come again', async ({ server, file }) => {
    const served = held();
    const { order, reports } = ordered({ address: server.serve('file', served), file });
    const id = await leave(server, order);
    const before = rangesOf(server).length;
    const transfer = await route.prepare(order);
    expect(transfer).toMatchObject({ id, takenUp: true });
    await expect(transfer.run()).resolves.toEqual({ bytes: 6 << 20, declared: 6 << 20 });
    expect(readFileSync(file).equals(served.content)).toBe(true);
    expect(reports[0]?.bytesTransferred).toBeGreaterThan(0);
    for (const range of rangesOf(server).slice(before)) expect(range).not.toMatch(/^bytes=0-/);
  });

  it('gets the new address of the same content', async ({ server, file }) => {
    const served = held();
    const { order } = ordered({ address: server.serve('old', served), file });
    const id = await leave(server, order);
    const before = server.asked.length;
    const address = server.serve('new', { ...served, hold: served.content.length });
    const transfer = await route.prepare({ ...order, address, sameContent: true });
    expect(transfer).toMatchObject({ id, takenUp: true });
    await transfer.run();
    expect(readFileSync(file).equals(served.content)).toBe(true);
    const later = server.asked.slice(before);
    expect(new Set(later.map(({ path }) => path))).toEqual(new Set(['/new']));
  });

  it('is paused for that if it runs', async ({ server, file, control }) => {
    await control.setSwitch('lag', 100);
    const served = held();
    const { order } = ordered({ address: server.serve('old', served), file });
    const first = await route.prepare(order);
    await first.detach();
    await expect.poll(() => server.holding).toBe(1);
    const address = server.serve('new', { ...served, hold: served.content.length });
    const transfer = await route.prepare({ ...order, address, sameContent: true });
    expect(transfer).toMatchObject({ id: first.id, takenUp: true });
    await transfer.run();
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });

  it('gives way to a new one if the service does not take the address', async ({
    server,
    file,
    control,
    others,
  }) => {
    const served = held();
    const { order } = ordered({ address: server.serve('old', served), file });
    const id = await leave(server, order);
    const address = server.serve('new', { ...served, hold: served.content.length });
    await control.setFault('IDODownload::SetProperty', { fail: 0x80d02013 }, 1);
    const transfer = await route.prepare({ ...order, address, sameContent: true });
    expect(transfer.takenUp).toBe(false);
    expect(transfer.id).not.toBe(id);
    expect(await others.downloads()).toHaveLength(1);
    await transfer.run();
  });

  it.for([
    ['has another address', { address: '/new' }],
    ['has another tag', { tag: 'tag-2' }],
  ] as const)('is aborted if it %s', async ([, change], { server, file, others }) => {
    const served = held();
    const { order } = ordered({ address: server.serve('old', served), file });
    const id = await leave(server, order);
    const moved = server.serve('new', served);
    const changed = 'address' in change ? { address: moved } : change;
    const transfer = await route.prepare({ ...order, ...changed });
    expect(transfer.takenUp).toBe(false);
    const left = await others.downloads();
    expect(left.map((download) => download.id)).toEqual([transfer.id]);
    expect(transfer.id).not.toBe(id);
    await transfer.stop('discard');
  });

  it('is left alone if it belongs to this user with other rights', async ({
    server,
    file,
    control,
  }) => {
    const served = held();
    const { order } = ordered({ address: server.serve('file', served), file });
    const id = await leave(server, order);
    await control.setForeign(id ?? '', true);
    const transfer = await route.prepare(order);
    expect(transfer.takenUp).toBe(false);
    await transfer.run();
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });

  it('and is transferred needs only be finalized', async ({ server, file, others }) => {
    const { url: address, content } = server.file('whole');
    const { order } = ordered({ address, file });
    await (await route.prepare(order)).detach();
    const [download] = await others.downloads();
    await download?.wait();
    const asked = server.asked.length;
    const transfer = await route.prepare(order);
    expect(transfer.takenUp).toBe(true);
    await expect(transfer.run()).resolves.toMatchObject({ bytes: content.length });
    expect(server.asked).toHaveLength(asked);
  });

  it('has failed, and tries again', async ({ server, file }) => {
    const { url: address } = server.file(404);
    const { order } = ordered({ address, file });
    const first = await route.prepare(order);
    await expect(first.run()).rejects.toMatchObject({ httpStatus: 404 });
    await first.stop('keep');
    const path = new URL(address).pathname.slice(1);
    server.serve(path, { content: Buffer.alloc(1000) });
    const transfer = await route.prepare(order);
    expect(transfer).toMatchObject({ id: first.id, takenUp: true });
    await expect(transfer.run()).resolves.toMatchObject({ bytes: 1000 });
  });
});

describe('when the service dies', () => {
  it('a download goes on in the next one', async ({ server, file }) => {
    const served = held();
    const { order } = ordered({ address: server.serve('file', served), file });
    const transfer = await route.prepare(order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    await killService();
    server.letGo();
    await expect(run).resolves.toMatchObject({ bytes: 6 << 20 });
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });

  it('a download of an older Windows is lost, and begins anew', async ({
    server,
    file,
    control,
  }) => {
    await control.setSwitch('build', 22_000);
    const served = held();
    const { order } = ordered({ address: server.serve('file', served), file });
    const older = newRoute();
    const transfer = await older.prepare(order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    await killService();
    await expect(run).rejects.toMatchObject({ code: 'DO_E_NO_DOWNLOADS' });
    await transfer.stop('discard');
    server.letGo();
    const again = await older.prepare(order);
    expect(again.takenUp).toBe(false);
    await again.run();
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });

  it('another transfer begins in the next one, over the same connection', async ({
    server,
    folder,
    file,
  }) => {
    const served = held();
    const first = ordered({ address: server.serve('file', served), file }).order;
    const transfer = await route.prepare(first);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => server.holding).toBe(1);
    await killService();
    const another = join(folder, 'another.abcdef.svc');
    const second = await route.prepare({ ...first, file: another, tag: 'tag-2' });
    server.letGo();
    await Promise.all([run, second.run()]);
    for (const name of [file, another]) {
      expect(readFileSync(name).equals(served.content)).toBe(true);
    }
  });

  it('a job goes on in the next one', async ({ server, file }) => {
    const served = slowly(6 << 20);
    const { order, reports } = ordered({ address: server.serve('file', served), file });
    const transfer = await jobs.prepare(order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => reports.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    await killService();
    server.hurry();
    await expect(run).resolves.toEqual({ bytes: 6 << 20, declared: 6 << 20 });
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });
});

describe('a job', () => {
  it('waits for the network, and reports so', async ({ server, file, control }) => {
    await control.setSwitch('network-lost', 1);
    const { url: address } = server.file('whole');
    const { order, reports } = ordered({ address, file });
    const transfer = await jobs.prepare(order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => reports.at(-1)?.waitingFor).toBe('network');
    await control.setSwitch('network-lost', 0);
    await expect(run).resolves.toMatchObject({ bytes: 100_000 });
  });

  it('is cancelled while another call hangs', async ({ server, file, control }) => {
    const { order, reports } = ordered({ address: server.serve('file', slowly(6 << 20)), file });
    const transfer = await jobs.prepare(order);
    const run = awaitedLater(transfer.run());
    await expect.poll(() => reports.at(-1)?.bytesTransferred).toBeGreaterThan(0);
    await control.setFault('IBackgroundCopyJob::GetState', 'hang', 1);
    await expect.poll(() => control.count('hanging')).toBe(1);
    await transfer.stop('discard');
    expect(await control.count('jobs')).toBe(0);
    await control.letGo();
    await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });
});
