// SPDX-License-Identifier: MIT
// The updates of examples/electron, with the real electron-updater and the library attached as its main
// process does.

import { createHash } from 'node:crypto';
import { attach } from 'dosvc/electron-updater';
import { expect, type TestAPI } from 'vitest';
import type { State } from '../../examples/electron/src/state.js';
import { Updates } from '../../examples/electron/src/updates.js';
import { held } from '../stand-in/client/fixtures.js';
import { Application } from './application.mjs';
import { Feed } from './feed.js';
import type { Package } from './packages.mjs';
import type { Fixtures } from './updates.js';
import { expectByService, type ServiceRoute } from './ways.js';

export function testExample(it: TestAPI<Fixtures>, pack: Package, route: ServiceRoute): void {
  const withExample = it.extend<{ example: Example }>({
    example: async ({ place: { folder, server } }, use) => {
      const feed = new Feed(server, 'example');
      const application = new Application(pack, folder, feed.url);
      const states: State[] = [];
      const updates = new Updates(application.updater, (state) => states.push(state));
      const detach = attach(application.updater, { routes: [route], onProgress: updates.heard });
      await use({ application, feed, states, updates });
      await detach();
    },
  });

  withExample('the example downloads an update', async ({ example }) => {
    const { application, feed, states, updates } = example;
    feed.publish('2.0.0');
    await updates.check();
    expect(namesOf(states)).toEqual(['checking', 'downloading', 'ready']);
    expect(states.at(-2)).toMatchObject({ version: '2.0.0', percent: 100, waitingFor: null });
    expectByService(application, route);
    feed.publish('1.0.0');
    await updates.check();
    expect(states.at(-1)).toEqual({ name: 'up to date' });
  });

  withExample('the example cancels an update', async ({ example, place: { server } }) => {
    const { application, feed, states, updates } = example;
    feed.publish('2.0.0', held());
    const checked = updates.check();
    await expect.poll(() => server.holding).toBe(1);
    updates.cancel();
    // Wine's BITS answers no Cancel before the server does.
    server.letGo();
    await checked;
    expect(namesOf(states)).toEqual(['checking', 'downloading', 'cancelled']);
    expect(application.unfinished).toEqual([]);
  });

  withExample('the example says what went wrong, as IPC can send it', async ({ example }) => {
    const { feed, states, updates } = example;
    feed.publish('2.0.0', { sha512: createHash('sha512').update('another').digest('base64') });
    await updates.check();
    const last = states.at(-1);
    expect(last).toMatchObject({ name: 'failed', error: { code: 'ERR_CHECKSUM_MISMATCH' } });
    expect(structuredClone(last)).toEqual(last);
  });
}

interface Example {
  application: Application;
  feed: Feed;
  states: State[];
  updates: Updates;
}

/** The states by name; the same several times on end is one. */
function namesOf(states: readonly State[]): string[] {
  const names = states.map(({ name }) => name);
  return names.filter((name, at) => name !== names[at - 1]);
}
