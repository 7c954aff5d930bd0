// SPDX-License-Identifier: MIT
// How a download ends early: by the updater's token, or because the library is detached.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TransferResult } from '../../../lib/index.js';
import { awaitedLater } from '../../promises/awaited-later.js';
import { rejection } from '../../promises/rejection.js';
import { CancellationError, content, scenes, type Got } from './scene.js';

const scene = scenes();

/** A script that waits for the test once it was called, and then does something. */
function waiting(then: (got: Got) => Promise<TransferResult>) {
  const order: string[] = [];
  let go: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  const script = async (got: Got) => {
    got.options.signal?.addEventListener('abort', () => order.push('aborted'));
    order.push('called');
    await gone;
    try {
      return await then(got);
    } finally {
      order.push('over');
    }
  };
  return { script, order, go };
}

describe('a cancelled download', () => {
  it('ends with the error of the updater, after the service has ended it', async () => {
    const { attach, get, token, library, updater } = scene();
    void attach();
    const { script, order, go } = waiting(({ hang }) => hang());
    library.script = script;
    const getting = rejection(get()).then((error) => {
      order.push('rejected');
      return error;
    });
    await expect.poll(() => order).toEqual(['called']);
    token.cancel();
    go();
    expect(await getting).toBeInstanceOf(CancellationError);
    expect(order).toEqual(['called', 'aborted', 'over', 'rejected']);
    expect(updater.httpExecutor.theirs).toEqual([]);
    expect(updater.said).toEqual([]);
    expect(token.listenerCount('cancel')).toBe(0);
  });

  it('ends so before it begins', async () => {
    const { attach, get, token, library, updater } = scene();
    void attach();
    token.cancel();
    expect(await rejection(get())).toBeInstanceOf(CancellationError);
    expect([library.calls.length, updater.httpExecutor.theirs.length]).toEqual([0, 0]);
  });

  it('ends so while the proxy is resolved', async () => {
    const { attach, get, token, library, updater } = scene();
    updater.netSession = {
      resolveProxy: () => {
        token.cancel();
        return Promise.resolve('DIRECT');
      },
    };
    void attach();
    expect(await rejection(get())).toBeInstanceOf(CancellationError);
    expect(library.calls).toEqual([]);
  });

  it('ends so where the file is whole, and leaves none', async () => {
    const { attach, get, token, library, cache, destination } = scene();
    void attach();
    library.script = async ({ write }) => {
      const result = await write();
      token.cancel();
      return result;
    };
    expect(await rejection(get())).toBeInstanceOf(CancellationError);
    expect(existsSync(destination)).toBe(false);
    expect(readdirSync(join(cache, 'dosvc'))).toEqual([]);
  });

  it('ends so where the services have failed just now', async () => {
    const { attach, get, token, library, updater } = scene();
    void attach();
    library.script = () => {
      token.cancel();
      return Promise.reject(new Error('off'));
    };
    expect(await rejection(get())).toBeInstanceOf(CancellationError);
    expect(updater.httpExecutor.theirs).toEqual([]);
  });
});

it('keeps no listener of a token', async () => {
  const { attach, get, token } = scene();
  void attach();
  await get();
  expect(token.listenerCount('cancel')).toBe(0);
});

describe('detach() in the middle', () => {
  it('ends the service’s download, and electron-updater goes on', async () => {
    const { attach, get, library, updater, delivered } = scene();
    const detach = attach();
    const { script, order, go } = waiting(({ hang }) => hang());
    library.script = script;
    const getting = awaitedLater(get());
    await expect.poll(() => order).toEqual(['called']);
    const detached = detach().then(() => order.push('detached'));
    expect(order).toEqual(['called', 'aborted']);
    go();
    await Promise.all([getting, detached]);
    expect(order).toEqual(['called', 'aborted', 'over', 'detached']);
    expect(delivered()).toBe('theirs');
    expect(updater.said).toEqual([
      'warn dosvc: electron-updater continues by itself: it was detached',
    ]);
  });

  it('leaves it to the service with `keep`', async () => {
    const { attach, get, library, updater, delivered } = scene();
    const detach = attach();
    const { script, order, go } = waiting(({ write }) => write());
    library.script = script;
    const getting = awaitedLater(get());
    await expect.poll(() => order).toEqual(['called']);
    await detach({ keep: true });
    expect(Object.keys(updater.httpExecutor)).toEqual(['theirs']);
    go();
    await getting;
    expect(order).toEqual(['called', 'over']);
    expect(delivered()).toBe(content);
  });
});
