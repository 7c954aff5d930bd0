// SPDX-License-Identifier: MIT
//
// The route 'bits' on BITS itself.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { BackgroundCopyManager } from '../../../lib/jobs/manager.js';
import type { Order, Transfer } from '../../../lib/transfer/route.js';
import { bits } from '../../../lib/transfer/services/bits.js';
import { leftTransfers } from '../../../lib/transfer/services/left.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { underWine } from '../../system/under-wine.js';
import { onBits } from '../../service/on-bits.js';
import { nothingLeaks } from '../../binding/nothing-leaks.js';
import { ordered } from './order.js';

interface Fixtures {
  file: string;
  /** Prepares transfers, which the test lets go of even if it fails. */
  prepare: (order: Order) => Promise<Transfer>;
}

const it = onBits.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that the service outlasts the jobs
  file: async ({ folder, server: _server }, use) => {
    const file = join(folder, 'app.msix.abcdef.svc');
    await use(file);
    for await (const left of leftTransfers()) if (left.file === file) await left.end();
    await nothingLeaks();
  },
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that the file outlasts them
  prepare: async ({ file: _file }, use) => {
    const prepared: Transfer[] = [];
    await use(async (order) => {
      const transfer = await bits.prepare(order);
      prepared.push(transfer);
      return transfer;
    });
    await Promise.allSettled(prepared.map((transfer) => transfer.stop('keep')));
  },
});

/** The states of the routes' jobs that have not ended. */
async function statesOfJobs(): Promise<unknown[]> {
  const manager = await BackgroundCopyManager.connect({ service: 'bits' });
  const states: unknown[] = [];
  for (const job of await manager.enumJobs()) {
    const { state, displayName } = await job.snapshot();
    // Wine lists the jobs that have ended, too.
    if (displayName === 'app.msix' && state !== 'cancelled') states.push(state);
  }
  await manager.close();
  return states;
}

describe('a run', () => {
  it('puts the whole file under its temporary name', async ({ server, folder, file, prepare }) => {
    const { url: address, content } = server.file('whole', 'app.msix', 3_000_000);
    writeFileSync(file, 'old');
    const { order, reports } = ordered({ address, file });
    const transfer = await prepare(order);
    expect(server.asked).toEqual([]);
    const { bytes } = await transfer.run();
    expect(bytes).toBe(3_000_000);
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(reports.at(-1)).toMatchObject({ bytesTransferred: 3_000_000, waitingFor: null });
  });

  it("sends the caller's headers", async ({ server, file, prepare }) => {
    const { url: address } = server.file('whole');
    const headers = [
      ['X-Contoso', 'update'],
      ['Authorization', 'Bearer s3cret'],
    ] as const;
    const transfer = await prepare(ordered({ address, file, settings: { headers } }).order);
    await transfer.run();
    expect(server.asked.at(-1)?.headers).toMatchObject({
      'x-contoso': 'update',
      authorization: 'Bearer s3cret',
    });
  });

  it("fails with the job's error", async ({ server, file, prepare }) => {
    const { url: address } = server.file(404);
    const transfer = await prepare(ordered({ address, file }).order);
    // Wine has a code of its own for it.
    const code = underWine ? (expect.any(String) as string) : 'BG_E_HTTP_ERROR_404';
    await expect(transfer.run()).rejects.toMatchObject({ name: 'JobError', code });
    await transfer.stop('discard');
    expect(existsSync(file)).toBe(false);
  });
});

it('a job that was left is taken up, and completed alone', async ({ server, file, prepare }) => {
  const { url: address, content } = server.file('held');
  const { order, reports } = ordered({ address, file });
  const first = await prepare(order);
  const run = awaitedLater(first.run());
  await expect.poll(() => reports.at(-1)?.bytesTransferred).toBeGreaterThan(0);
  await first.stop('keep');
  await expect(run).rejects.toMatchObject({ code: 'ABORT_ERR' });
  // Wine's BITS crashes if a transfer ends while the notify interface is withdrawn: it calls the released
  // object.
  await nothingLeaks();
  server.letGo();
  const transfer = await prepare(order);
  expect(transfer).toMatchObject({ id: first.id, takenUp: true });
  await expect(transfer.run()).resolves.toMatchObject({ bytes: content.length });
  expect(readFileSync(file).equals(content)).toBe(true);
  // Wine cannot suspend, so its transfer has gone on.
  if (underWine) expect(server.asked).toHaveLength(1);
});

it('a stop leaves neither a file nor a job', async ({ server, folder, file, prepare }) => {
  const { url: address } = server.file('whole');
  const transfer = await prepare(ordered({ address, file }).order);
  await transfer.stop('discard');
  expect(readdirSync(folder)).toEqual([]);
  expect(await statesOfJobs()).toEqual([]);
});

it('what is left can be ended', async ({ server, folder, file, prepare }) => {
  const { url: address } = server.file('whole');
  const transfer = await prepare(ordered({ address, file }).order);
  await transfer.stop('keep');
  const found = [];
  for await (const left of leftTransfers()) {
    if (left.file !== file) continue;
    found.push([left.route, left.key]);
    await left.end();
  }
  expect(found).toEqual([['bits', 'com.contoso.app/update']]);
  expect(readdirSync(folder)).toEqual([]);
  for await (const left of leftTransfers()) expect(left.file).not.toBe(file);
});

it('the cost flags are set, which Wine does not have', async ({ server, file, prepare }) => {
  const { url: address } = server.file('whole');
  const preparing = prepare(ordered({ address, file, settings: { cost: 'standard' } }).order);
  if (underWine) {
    await expect(preparing).rejects.toMatchObject({ code: 'ERR_DOSVC_INTERFACE_MISSING' });
    expect(await statesOfJobs()).toEqual([]);
  } else {
    await (await preparing).stop('discard');
  }
});
