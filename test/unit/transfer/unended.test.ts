// SPDX-License-Identifier: MIT
// A service that does not end a transfer in time: the download goes on without it, with another file.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TransferError } from '../../../lib/transfer/transfer-error.js';
import { rejection } from '../../promises/rejection.js';
import { passing } from './delays.js';
import { breaks, codes, delivers, hangs, type FakeTransfer, type Script } from './routes.js';
import { content, scenes, sha256, url } from './scene.js';

const scene = scenes();
const stallTimeout = 50;

/** A route that stalls, and whose end takes until the test lets it. */
function endless(stalls = hangs({ bytesTransferred: 1 })): { script: Script; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    script: { ...stalls, stop: () => ended },
    end: () => {
      end();
    },
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a stalled transfer that its service does not end', () => {
  it('is left for the next service, which writes another file', async () => {
    const { ways, get, file, names } = scene();
    const { script, end } = endless();
    passing('at once');
    ways.on('delivery-optimization', script).on('bits', delivers(content));
    const { route, attempts } = await get({ stallTimeout });
    expect(route).toBe('bits');
    expect(attempts[0]?.error).toMatchObject({
      code: 'ERR_DOSVC_STALLED',
      message: expect.stringContaining('did not end the transfer') as string,
    });
    const [one, other] = ways.transfers.map(({ order }) => basename(order.file));
    expect(one).toMatch(/^file\.bin\.\w{6}\.svc$/);
    expect(other).toBe(`${String(one)}2`);
    expect(readFileSync(file, 'utf8')).toBe(content);
    // Until it has ended, no other process begins one that it would delete.
    expect(names()).toEqual(['file.bin', expect.stringMatching(/\.lock$/)]);
    end();
    await expect.poll(names).toEqual(['file.bin']);
  });

  it('is left for http, and its service gets no other address', async () => {
    const { ways, get, names } = scene();
    const { script, end } = endless();
    passing('at once');
    ways.on('bits', script).on('http', delivers(content));
    const options = { routes: ['bits', 'http'], hash: { sha256 }, stallTimeout } as const;
    expect(await get(options, [url, `${url}.2`])).toMatchObject({ route: 'http' });
    expect(ways.tried).toEqual([`bits ${url}`, `http ${url}`]);
    end();
    await expect.poll(names).toEqual(['file.bin']);
  });

  it('is reported if no other route has the file', async () => {
    const { ways, get, names } = scene();
    const { script, end } = endless();
    passing('at once');
    ways.on('bits', script).on('http', breaks(codes.connect));
    const error = await rejection(get({ routes: ['bits', 'http'], stallTimeout }));
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({ code: 'ERR_DOSVC_STALLED' });
    end();
    await expect.poll(names).toEqual([]);
  });

  it('is left for one that is detached and taken up with the other file', async () => {
    const { ways, get, names } = scene();
    const { script, end } = endless();
    passing('at once');
    ways.on('delivery-optimization', { ...script, takenUp: true }).on('bits', delivers(content));
    expect(await get({ stallTimeout, detach: true })).toMatchObject({ route: 'bits' });
    end();
    await expect.poll(names).toEqual([expect.stringMatching(/\.way$/)]);
    ways.on('bits', { ...delivers(content), takenUp: true });
    expect(await get()).toMatchObject({ route: 'bits', attempts: [] });
    expect(ways.tried.slice(1)).toEqual([`bits ${url}`, `bits ${url}`]);
    const [, detached, takenUp] = ways.transfers.map(({ order }) => basename(order.file));
    expect(detached).toMatch(/\.svc2$/);
    expect(takenUp).toBe(detached);
    expect(names()).toEqual(['file.bin']);
  });
});

it('after both files, no service writes either of them', async () => {
  const { ways, get, names } = scene();
  passing('at once');
  const [first, second, third] = [endless(), endless(), endless()];
  ways
    .on('delivery-optimization', { ...first.script, takenUp: true })
    .on('bits', delivers(content));
  await get({ stallTimeout, detach: true });
  first.end();
  await expect.poll(names).toEqual([expect.stringMatching(/\.way$/)]);
  // The next call begins with the other file.
  ways.on('bits', second.script).on('delivery-optimization', third.script);
  ways.on('http', delivers(content));
  const { route, attempts } = await get({ stallTimeout });
  expect(route).toBe('http');
  expect(attempts.map((one) => `${one.route} ${one.error.code}`)).toEqual([
    'bits ERR_DOSVC_STALLED',
    'delivery-optimization ERROR_NOT_SUPPORTED',
  ]);
  second.end();
  third.end();
  await expect.poll(names).toEqual(['file.bin']);
});

it('a check that fails deletes the other file, too', async () => {
  const { ways, get, names } = scene();
  const { script, end } = endless();
  passing('at once');
  ways.on('delivery-optimization', script).on('bits', delivers(content));
  const thrown = new Error('no');
  const verify = (path: string) => {
    expect(basename(path)).toMatch(/\.svc2$/);
    end();
    throw thrown;
  };
  expect(await rejection(get({ stallTimeout, verify }))).toBe(thrown);
  await expect.poll(names).toEqual([]);
});

it('a download that is aborted waits for the end of its transfer', async () => {
  const { ways, get, names } = scene();
  const { script, end } = endless();
  const control = new AbortController();
  const abort = () => {
    setImmediate(() => {
      control.abort();
    });
  };
  const stop = (transfer: FakeTransfer) => {
    abort();
    return script.stop?.(transfer) ?? Promise.resolve();
  };
  ways.on('bits', { ...script, stop }).on('http', delivers(content));
  const said: unknown[] = [];
  control.signal.addEventListener('abort', () => {
    setImmediate(() => {
      said.push('ends');
      end();
    });
  });
  const options = { routes: ['bits', 'http'], stallTimeout, signal: control.signal } as const;
  const error = await rejection(get(options)).finally(() => said.push('rejects'));
  expect(error).toMatchObject({ code: 'ABORT_ERR' });
  expect(said).toEqual(['ends', 'rejects']);
  expect(ways.tried).toEqual([`bits ${url}`]);
  expect(names()).toEqual([]);
});
