// SPDX-License-Identifier: MIT
// How a download ends before its file is there: by an abort, by its timeout, or because the service is left
// to it. Nothing else remains.

import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KEEP } from '../../../lib/transfer/keep.js';
import { rejection } from '../../promises/rejection.js';
import { atTimeout, timeout } from './at-timeout.js';
import { breaks, codes, delivers, hangs } from './routes.js';
import { content, scenes, sha256 } from './scene.js';

const scene = scenes();
const hash = { sha256 };
const routes = ['bits', 'http'] as const;

describe('an abort', () => {
  it('rejects before anything, if the signal is aborted already', async () => {
    const { ways, get, names } = scene();
    const reason = new Error('why');
    const error = await rejection(get({ signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: reason });
    expect([ways.tried, names()]).toEqual([[], []]);
  });

  it('stops the route, and nothing remains but what stood there', async () => {
    const { ways, get, names, file } = scene();
    writeFileSync(file, 'before');
    const control = new AbortController();
    ways.on('bits', {
      run: (transfer) => {
        transfer.write('half');
        setImmediate(() => {
          control.abort('enough');
        });
        return transfer.hang();
      },
    });
    const error = await rejection(get({ routes, signal: control.signal }));
    expect(error).toMatchObject({ code: 'ABORT_ERR', cause: 'enough' });
    expect(ways.tried).toHaveLength(1);
    expect(ways.transfers[0]?.stopped).toBe('discard');
    expect(names()).toEqual(['file.bin']);
  });

  it('does not begin what was prepared meanwhile', async () => {
    const { ways, get } = scene();
    const control = new AbortController();
    ways.on('bits', {
      prepare: () => {
        control.abort();
      },
      run: () => expect.fail('It runs.'),
    });
    expect(await rejection(get({ routes, signal: control.signal }))).toMatchObject({
      code: 'ABORT_ERR',
    });
    expect(ways.transfers[0]?.stopped).toBe('discard');
  });

  it('with KEEP keeps the transfer, and its file', async () => {
    const { ways, get, names } = scene();
    const control = new AbortController();
    ways.on('bits', {
      run: (transfer) => {
        transfer.write('half');
        control.abort(KEEP);
        return transfer.hang();
      },
    });
    const error = await rejection(get({ routes, signal: control.signal }));
    expect(error).toMatchObject({ code: 'ABORT_ERR', cause: KEEP });
    expect(ways.transfers[0]?.stopped).toBe('keep');
    expect(names()).toEqual([expect.stringMatching(/^file\.bin\..{6}\.svc$/)]);
  });

  it.each([
    { takenUp: false, stopped: 'discard', told: [] },
    { takenUp: true, stopped: 'keep', told: [{ route: 'bits', id: 'bits-0' }] },
  ])('with KEEP before it begins: $stopped if taken up is $takenUp', async (one) => {
    const { ways, get } = scene();
    const control = new AbortController();
    const prepare = () => {
      control.abort(KEEP);
    };
    ways.on('bits', { prepare, takenUp: one.takenUp, run: () => expect.fail('It runs.') });
    const told: unknown[] = [];
    const onStart = (start: unknown) => void told.push(start);
    const error = await rejection(get({ routes, signal: control.signal, onStart }));
    expect(error).toMatchObject({ code: 'ABORT_ERR', cause: KEEP });
    expect(ways.transfers[0]?.stopped).toBe(one.stopped);
    expect(told).toEqual(one.told);
  });

  it('with KEEP after everything has come keeps the file for the next one', async () => {
    const { ways, get, names } = scene();
    const control = new AbortController();
    ways.on('http', delivers(content));
    const verify = () => {
      control.abort(KEEP);
    };
    await rejection(get({ routes: ['http'], verify, signal: control.signal }));
    expect(names()).toHaveLength(1);
  });

  it('leaves the caller’s signal without a listener', async () => {
    const { ways, get } = scene();
    ways.on('bits', delivers(content));
    const { signal } = new AbortController();
    const own = { add: 0, remove: 0 };
    for (const way of ['add', 'remove'] as const) {
      const real = signal[`${way}EventListener`].bind(signal) as (...args: unknown[]) => void;
      Object.assign(signal, {
        [`${way}EventListener`]: (...args: unknown[]) => {
          own[way] += 1;
          real(...args);
        },
      });
    }
    await get({ routes, signal });
    expect(own.add).toBeGreaterThan(0);
    expect(own.remove).toBe(own.add);
  });
});

describe('a timeout', () => {
  it('ends the download, and says where it stood and why', async () => {
    const { ways, get, names } = scene();
    const trouble = { waitingFor: 'retry', bytesTransferred: 5, bytesTotal: 10 } as const;
    ways.on('bits', breaks(codes.disabled)).on('http', hangs(trouble));
    let said = false;
    const onProgress = () => void (said = true);
    const error = await atTimeout(
      (late) => get({ routes, onProgress, ...late }),
      () => said,
    );
    expect(error).toMatchObject({
      ...{ name: 'TransferError', code: 'ERR_DOSVC_TIMEOUT', retryable: true },
      attempts: [{ route: 'bits', error: { code: 'ERROR_SERVICE_DISABLED' } }],
    });
    expect((error as Error).message).toMatch(
      new RegExp(`${String(timeout)} ms.*5 of 10 bytes.*'retry'.*allow a longer timeout`),
    );
    expect(ways.transfers[1]?.stopped).toBe('discard');
    await expect.poll(names).toEqual([]);
  });

  it('does not wait for a route that does not stop', async () => {
    const { ways, get, names } = scene();
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    ways.on('bits', { prepare: () => ended });
    const error = await atTimeout(
      (late) => get({ routes, ...late }),
      () => ways.transfers.length > 0,
    );
    expect(error).toMatchObject({ code: 'ERR_DOSVC_TIMEOUT' });
    // Until it has stopped, the lock is held.
    expect(names()).toHaveLength(1);
    end();
    await expect.poll(names).toEqual([]);
    expect(ways.transfers[0]?.stopped).toBe('discard');
  });
});

describe('detach', () => {
  it('resolves after the start, and leaves the rest to the service', async () => {
    const { ways, get, names } = scene();
    ways.on('bits', {});
    const result = await get({ routes, detach: true, key: 'app/update' });
    expect(result).toEqual({ key: 'app/update', route: 'bits', id: 'bits-0' });
    const [transfer] = ways.transfers;
    expect([transfer?.detached, transfer?.stopped]).toEqual([true, undefined]);
    expect(names()).toEqual([]);
  });

  it('finishes what it takes up', async () => {
    const { ways, get } = scene();
    ways.on('bits', { ...delivers(content), takenUp: true });
    expect(await get({ routes, detach: true, hash })).toMatchObject({
      ...{ route: 'bits', verified: 'sha256' },
    });
  });

  it('is not for http', async () => {
    const { ways, get } = scene();
    ways.on('bits', breaks(codes.disabled)).on('http', delivers(content));
    ways.on('bits', {
      detach: () => {
        throw new Error('It cannot start.');
      },
    });
    const error = await rejection(get({ routes, detach: true }));
    expect(error).toMatchObject({
      attempts: [
        { route: 'bits', error: { message: 'It cannot start.' } },
        {
          route: 'http',
          error: {
            code: 'ERROR_NOT_SUPPORTED',
            message:
              'The route http runs in this process, so it cannot be detached. Leave detach out, or use a service, which only Windows has. (ERROR_NOT_SUPPORTED, 0x80070032)',
          },
        },
      ],
    });
    expect(ways.transfers[0]?.stopped).toBe('discard');
  });
});
