// SPDX-License-Identifier: MIT
// lib/transfer/http: how a transfer ends early, and what it leaves.

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { bytesOf } from '../../../http/served.js';
import { rejection } from '../../../promises/rejection.js';
import { howOften } from '../../../repetition/how-often.js';
import { failures } from '../../../system/file-failures.js';
import { passing } from '../delays.js';
import { scenes } from './scene.js';

const scene = scenes();
const failing = failures();
const content = bytesOf(500_000);

const aborted = { name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' };

describe('an abort', () => {
  it('before the start requests nothing', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    const transfer = await scene().prepare(server.url());
    scene().controller.abort('enough');
    expect(await rejection(transfer.run())).toMatchObject(aborted);
    await transfer.stop('discard');
    expect(server.exchanges).toEqual([]);
    expect(scene().left).toEqual([]);
  });

  it('ends a request that is never answered', async () => {
    const server = await scene().serve(() => {
      scene().controller.abort('enough');
    });
    const transfer = await scene().prepare(server.url());
    expect(await rejection(transfer.run())).toMatchObject(aborted);
    await transfer.stop('discard');
    expect(scene().left).toEqual([]);
  });

  it('ends a response that never goes on, and its connection', async () => {
    const server = await scene().serve((exchange) => exchange.file(content, { hold: 1000 }));
    const transfer = await scene().prepare(server.url());
    const error = rejection(transfer.run());
    await expect.poll(() => scene().reports.at(-1)?.bytesTransferred).toBe(1000);
    scene().controller.abort('enough');
    expect(await error).toMatchObject(aborted);
    await expect.poll(() => server.exchanges[0]?.request.socket.destroyed).toBe(true);
    await transfer.stop('discard');
    expect(scene().left).toEqual([]);
  });

  it('ends the wait for a retry', async () => {
    const delays = passing('never');
    const server = await scene().serve((exchange) => {
      exchange.refuse(503, { 'Retry-After': '100' });
    });
    const transfer = await scene().prepare(server.url());
    const error = rejection(transfer.run());
    await expect.poll(() => delays).toHaveLength(1);
    scene().controller.abort('enough');
    expect(await error).toMatchObject(aborted);
    expect(server.exchanges).toHaveLength(1);
  });

  it.each([
    ['a request', () => new Promise<Response>(() => undefined)],
    ['a body', () => Promise.resolve(new Response(new ReadableStream()))],
  ])('ends %s of a fetch that ignores its signal', async (_, fetch) => {
    const asked = vi.fn(fetch);
    const transfer = await scene().prepare('http://127.0.0.1/', { settings: { fetch: asked } });
    const error = rejection(transfer.run());
    await expect.poll(() => asked.mock.calls.length).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    scene().controller.abort('enough');
    expect(await error).toMatchObject(aborted);
  });

  it('just before the body of such a fetch ends it, too', async () => {
    const transfer = await scene().prepare('http://127.0.0.1/', {
      settings: { fetch: () => Promise.resolve(new Response(new ReadableStream())) },
      report: () => {
        scene().controller.abort('enough');
      },
    });
    expect(await rejection(transfer.run())).toMatchObject(aborted);
  });

  it('at any moment leaves nothing', async () => {
    const server = await scene().serve((exchange) =>
      exchange.file(content, { etag: '"1"', pieces: 10_000, cut: 100_000 }),
    );
    for (let moment = 0; moment < 60; moment += 60 / howOften(20, 60)) {
      const controller = new AbortController();
      let turns = moment;
      const transfer = await scene().prepare(server.url(), {
        signal: controller.signal,
        report: () => {
          if ((turns -= 1) <= 0) controller.abort('enough');
        },
      });
      const ended = transfer.run().catch((error: unknown) => error);
      if (moment === 0) controller.abort('enough');
      await ended;
      await transfer.stop('discard');
      expect(scene().left).toEqual([]);
    }
  });
});

describe('a stop', () => {
  it('ends the transfer, also without an abort', async () => {
    const server = await scene().serve((exchange) => exchange.file(content, { hold: 1000 }));
    const transfer = await scene().prepare(server.url());
    const error = rejection(transfer.run());
    await expect.poll(() => scene().reports.at(-1)?.bytesTransferred).toBe(1000);
    await transfer.stop('discard');
    expect(await error).toMatchObject({ name: 'AbortError' });
    expect(scene().left).toEqual([]);
    await transfer.stop('discard');
  });

  it('removes files although a scanner holds them for a moment', async () => {
    const server = await scene().serve((exchange) => exchange.file(content));
    const transfer = await scene().prepare(server.url());
    await transfer.run();
    failing('unlink', 'EBUSY', 2);
    await transfer.stop('discard');
    expect(scene().left).toEqual([]);
  });

  it('of a transfer that has nothing keeps nothing', async () => {
    const server = await scene().serve((exchange) => {
      exchange.refuse(404);
    });
    const transfer = await scene().prepare(server.url());
    await rejection(transfer.run());
    await transfer.stop('keep');
    expect(scene().left).toEqual([]);
  });

  it('of a transfer that never ran leaves what an earlier one kept, or removes it', async () => {
    const server = await scene().serve((exchange) => exchange.file(content, { etag: '"1"' }));
    const first = await scene().prepare(server.url());
    await first.run();
    await first.stop('keep');
    await (await scene().prepare(server.url())).stop('keep');
    expect(scene().left).toEqual(['file.abc123.meta', 'file.abc123.part']);
    await (await scene().prepare(server.url())).stop('discard');
    expect(scene().left).toEqual([]);
  });

  it.each(['keep', 'discard'] as const)(
    'after the file was taken does nothing: %s',
    async (how) => {
      const server = await scene().serve((exchange) => exchange.file(content, { etag: '"1"' }));
      const transfer = await scene().prepare(server.url());
      await transfer.run();
      renameSync(scene().file, join(scene().folder, 'file'));
      await transfer.stop(how);
      expect(scene().left).toEqual(['file']);
    },
  );
});
