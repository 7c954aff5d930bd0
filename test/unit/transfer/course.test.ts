// SPDX-License-Identifier: MIT
// The course of one download: what the caller's functions hear and decide, what a hold leads to, and what
// a second call gets.

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { TransferProgress, TransferStart } from '../../../lib/transfer/options.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { rejection } from '../../promises/rejection.js';
import { breaks, codes, delivers, hangs } from './routes.js';
import { content, scenes, sha256, url } from './scene.js';

const scene = scenes();
const hash = { sha256 };
const routes = ['bits', 'http'] as const;

describe('onStart', () => {
  it('is awaited before the first byte of each route', async () => {
    const { ways, get } = scene();
    const said: unknown[] = [];
    const begins = (script = delivers(content)) => ({
      ...script,
      run: (...args: Parameters<NonNullable<typeof script.run>>) => {
        said.push('runs');
        return script.run?.(...args) ?? {};
      },
    });
    ways.on('bits', begins(breaks(codes.connect))).on('http', begins());
    const onStart = async (start: TransferStart) => {
      await new Promise((resolve) => setImmediate(resolve));
      said.push(start);
    };
    await get({ routes, onStart });
    expect(said).toEqual([
      ...[{ route: 'bits', id: 'bits-0' }, 'runs'],
      ...[{ route: 'http', id: null }, 'runs'],
    ]);
  });

  it('is called once for a route that has no id, however many addresses there are', async () => {
    const { ways, get } = scene();
    ways.on('http', breaks(codes.connect), delivers(content));
    const started: TransferStart[] = [];
    const onStart = (start: TransferStart) => void started.push(start);
    await get({ routes: ['http'], hash, onStart }, [url, `${url}.2`]);
    expect(started).toHaveLength(1);
  });
});

describe('onFailedAttempt', () => {
  it('is called as soon as an attempt has failed, or was left out', async () => {
    const { ways, get } = scene();
    const said: unknown[] = [];
    ways.on('bits', breaks(codes.connect)).on('http', delivers(content));
    const { attempts } = await get({
      routes: ['delivery-optimization', ...routes],
      onStart: ({ route }) => void said.push(route),
      onFailedAttempt: (attempt) => void said.push(attempt),
    });
    const [first, second] = attempts;
    expect(attempts.map(({ route }) => route)).toEqual(['delivery-optimization', 'bits']);
    expect(said).toEqual([first, 'bits', second, 'http']);
  });
});

describe('what a function of the caller throws', () => {
  const thrown = new Error('the caller’s');
  const fail = () => {
    throw thrown;
  };
  const failLater = () => Promise.reject(thrown);

  it.each([
    ['onStart', fail],
    ['onStart', failLater],
    ['onProgress', fail],
    ['onProgress', failLater],
    ['verify', fail],
    ['verify', failLater],
  ] as const)('rejects the download, and nothing remains: %s', async (name, callback) => {
    const { ways, get, names } = scene();
    ways.on('bits', delivers(content)).on('http', delivers(content));
    const stack = thrown.stack;
    expect(await rejection(get({ routes, [name]: callback }))).toBe(thrown);
    expect(thrown.stack).toBe(stack);
    expect(ways.tried).toHaveLength(1);
    expect(names()).toEqual([]);
  });

  it('rejects the download, also where an attempt failed', async () => {
    const { ways, get, names } = scene();
    ways.on('bits', breaks(codes.connect)).on('http', delivers(content));
    expect(await rejection(get({ routes, onFailedAttempt: fail }))).toBe(thrown);
    expect(ways.tried).toHaveLength(1);
    expect(names()).toEqual([]);
  });

  it('may be anything', async () => {
    const { ways, get } = scene();
    ways.on('bits', delivers(content));
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is tried here
    const verify = () => Promise.reject(undefined);
    expect(await rejection(get({ routes, verify }))).toBeUndefined();
  });

  it('is heard while a route runs that does not end', async () => {
    const { ways, get } = scene();
    ways.on('bits', hangs({ bytesTransferred: 1 }));
    expect(await rejection(get({ routes, onProgress: fail }))).toBe(thrown);
    expect(ways.transfers[0]?.stopped).toBe('discard');
  });
});

describe('verify', () => {
  it.each([false, Promise.resolve(false)])('that returns false refuses the file', async (no) => {
    const { ways, get, names } = scene();
    ways.on('bits', delivers(content));
    const verify = () => no as unknown as Promise<void>;
    expect(await rejection(get({ routes, verify }))).toMatchObject({
      ...{ name: 'TypeError', code: 'ERR_INVALID_RETURN_VALUE' },
      message: expect.stringContaining("'verify' returned false") as string,
    });
    expect(names()).toEqual([]);
  });

  it('gets the whole file under its temporary name, and a signal', async () => {
    const { ways, get, file, names } = scene();
    ways.on('bits', delivers(content));
    const seen: unknown[] = [];
    const verify = (path: string, { signal }: { signal: AbortSignal }) => {
      seen.push(path !== file, signal.aborted, names().length);
    };
    await get({ routes, verify, hash });
    expect(seen).toEqual([true, false, 2]);
    expect(names()).toEqual(['file.bin']);
  });

  it('that does not end is left when the download is aborted', async () => {
    const { ways, get, names } = scene();
    ways.on('bits', delivers(content));
    const control = new AbortController();
    const verify = () => {
      control.abort();
      return new Promise<void>(() => undefined);
    };
    const error = await rejection(get({ routes, verify, signal: control.signal }));
    expect(error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
    expect(names()).toEqual([]);
  });
});

describe('onProgress', () => {
  it('hears the end once, also of an empty file', async () => {
    for (const bytes of [content, '']) {
      const { ways, get } = scene();
      ways.on('bits', delivers(bytes));
      const heard: TransferProgress[] = [];
      await get({ routes, onProgress: (progress) => heard.push(progress) });
      expect(heard.at(-1)).toMatchObject({
        ...{ route: 'bits', bytesTransferred: bytes.length, bytesTotal: bytes.length },
      });
      expect(heard.length).toBeLessThanOrEqual(2);
    }
  });

  it('hears nothing of a route that was left', async () => {
    const { ways, get } = scene();
    ways.on('bits', breaks(codes.connect, 5)).on('http', delivers(content));
    const heard: TransferProgress[] = [];
    await get({ routes, onProgress: (progress) => heard.push(progress) });
    ways.transfers[0]?.report({ bytesTransferred: 7 });
    expect(heard.map(({ route }) => route)).toEqual(['bits', 'http']);
  });
});

describe('a hold', () => {
  const held = hangs({ waitingFor: 'cost', bytesTransferred: 0 });
  const holdTimeout = 50;

  it('leads to the next route in the foreground', async () => {
    const { ways, get } = scene();
    ways.on('bits', held).on('http', delivers(content));
    const result = await get({ routes, holdTimeout });
    expect(result.route).toBe('http');
    expect(result.attempts[0]?.error.message).toContain(`'cost'`);
  });

  it('does not lead to http if there is a cost policy', async () => {
    const { ways, get } = scene();
    ways.on('bits', held).on('http', delivers(content));
    const options = { routes, holdTimeout, cost: 'no-roaming', onHold: 'next' } as const;
    const error = await rejection(get(options));
    expect(error).toMatchObject({ name: 'TransferError', attempts: [{}, { route: 'http' }] });
    expect(ways.tried).toHaveLength(1);
  });

  it('is the end if the caller says so', async () => {
    const { ways, get } = scene();
    ways.on('bits', held).on('http', delivers(content));
    await rejection(get({ routes, holdTimeout, onHold: 'fail' }));
    expect(ways.tried).toHaveLength(1);
  });

  it('is waited for if the caller says so', async () => {
    const { ways, get } = scene();
    const control = new AbortController();
    ways.on('bits', held).on('http', delivers(content));
    const options = { routes, holdTimeout, onHold: 'wait', stallTimeout: 50 } as const;
    const promise = awaitedLater(get({ ...options, signal: control.signal }));
    await expect.poll(() => ways.tried).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ways.tried).toHaveLength(1);
    control.abort();
    expect(await rejection(promise)).toMatchObject({ code: 'ABORT_ERR' });
  });
});

describe('another call', () => {
  const onHttp = ['http'] as const;

  it('for the same shares the promise', async () => {
    const { ways, get } = scene();
    ways.on('http', delivers(content));
    const options = { routes: onHttp, headers: { a: 'b' }, hash };
    const [one, two] = [get(options), get({ ...options, headers: new Headers({ a: 'b' }) })];
    expect(one).toBe(two);
    await one;
    expect(ways.tried).toHaveLength(1);
    await get({ routes: onHttp });
    expect(ways.tried).toHaveLength(2);
  });

  it.each([
    ['key', { key: 'b' }, false],
    ['size', { size: content.length }, true],
    ['hash', { hash: { sha256: '0'.repeat(64) } }, true],
    ['headers', { headers: { a: 'c' } }, true],
    ['onProgress', { onProgress: () => undefined }, true],
    ['signal', { signal: new AbortController().signal }, true],
  ] as const)('with another %s', async (_name, other, isBusy) => {
    const { ways, get } = scene();
    ways.on('http', delivers(content));
    const { signal } = new AbortController();
    const options = { routes: onHttp, hash, headers: { a: 'b' }, signal, key: 'a' };
    const first = get(options);
    const second = get({ ...options, ...other });
    if (isBusy) await expect(second).rejects.toMatchObject({ code: 'ERR_DOSVC_BUSY' });
    else await second;
    await first;
  });

  it('from another address is busy', async () => {
    const { ways, get } = scene();
    ways.on('http', delivers(content));
    const first = get({ routes: onHttp });
    const error = await rejection(get({ routes: onHttp }, `${url}?2`));
    expect(error).toMatchObject({ code: 'ERR_DOSVC_BUSY' });
    expect(inspect(error)).not.toContain('?2');
    await first;
  });

  it('begins anew after the first has failed', async () => {
    const { ways, get } = scene();
    ways.on('http', breaks(codes.connect), delivers(content));
    await rejection(get({ routes: onHttp }));
    expect((await get({ routes: onHttp })).route).toBe('http');
  });
});
