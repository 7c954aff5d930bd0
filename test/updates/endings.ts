// SPDX-License-Identifier: MIT
// Updates with the real electron-updater that end early, and go on.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type TestAPI } from 'vitest';
import type { HttpServer } from '../http/server.js';
import { start as startProgram } from '../processes/child.js';
import { byChance } from '../repetition/chance.js';
import { held, slowlyInMiB } from '../stand-in/client/fixtures.js';
import { underWine } from '../system/under-wine.js';
import type { Package } from './packages.mjs';
import type { Fixtures } from './updates.js';
import { bothWays, expectByService, saidBy, sceneOf, type ServiceRoute } from './ways.js';

const program = join(import.meta.dirname, 'programs', 'update.mjs');
const cancelled = 'update-cancelled 2.0.0';
const downloaded = 'update-downloaded 2.0.0 app-2.0.0.exe';

/** The ranges of a file that the server was asked to send. */
function rangesOf({ asked }: HttpServer, path: string, after: number): (string | undefined)[] {
  const requests = asked.slice(after).filter((one) => one.path === `/${path}`);
  return requests.filter(({ method }) => method === 'GET').map(({ range }) => range);
}

export function testEndings(it: TestAPI<Fixtures>, pack: Package, route: ServiceRoute): void {
  it('ends a cancelled download as electron-updater does', async ({ place }) => {
    const play = bothWays(
      { ...place, pack, route },
      async ({ attached, feed, server, start }) => {
        feed.publish('2.0.0', held());
        const application = start();
        const { cancel, downloading } = await application.begin();
        await expect.poll(() => server.holding).toBe(1);
        // Cancelled before it has created its file, electron-updater creates and forgets it.
        if (!attached) await expect.poll(() => application.pending).not.toEqual({});
        cancel();
        // Wine's BITS answers no Cancel before the server does.
        server.letGo();
        await downloading;
        return application;
      },
      'without progress',
    );
    const one = await play;
    expect(one.events.at(-1)).toBe(cancelled);
    expect(one.pending).toEqual({});
    expect(saidBy(one)).toEqual([]);
  });

  it('goes on after a cut connection', async ({ place }) => {
    const { feed, start } = sceneOf(true, { ...place, pack, route });
    feed.publish('2.0.0', { cuts: [150_000] });
    const application = start();
    await application.update();
    if (route === 'bits' && underWine) {
      // Wine's BITS takes a file to be complete although its connection was cut.
      const why = 'The file that was transferred has 150000 bytes, not the 300000 that were given.';
      expect(saidBy(application)).toEqual([expect.stringContaining(why)]);
    } else expectByService(application, route);
    expect(application.events.at(-1)).toBe(downloaded);
  });

  const ways = ['is killed', 'quits'];
  it.for(ways)(
    'goes on with no byte twice after an application that %s',
    async (leaves, { place }) => {
      const { feed, folder, server, start } = sceneOf(true, { ...place, pack, route });
      const { path } = feed.publish('2.0.0', held());
      const quit = join(place.folder, 'quit');
      const child = startProgram(program, [pack.name, folder, feed.url, route, quit]);
      await child.said('begins');
      await expect.poll(() => server.holding).toBe(1);
      // BITS tells of the first bytes when all are there.
      if (route === 'delivery-optimization') await child.said('has ');
      if (leaves === 'is killed') child.process.kill('SIGKILL');
      else writeFileSync(quit, '');
      const { stdout } = await child.ended;
      expect(stdout).not.toContain('update-');
      expect(existsSync(quit)).toBe(leaves === 'quits');
      const before = server.asked.length;
      server.letGo();
      const application = start();
      await application.update();
      expect(application.events.at(-1)).toBe(downloaded);
      expectByService(application, route);
      // None begins before what the first application had, or before another one.
      const firsts = rangesOf(server, path, before).map((range) =>
        Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0),
      );
      const has = Array.from(stdout.matchAll(/^has (\d+)$/gm), ([, bytes]) => Number(bytes));
      for (const first of firsts) expect(first).toBeGreaterThanOrEqual(Math.max(1, ...has));
      expect(firsts).toEqual([...new Set(firsts)].sort((a, b) => a - b));
    },
  );

  it('gives a download back in its middle', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, server, start }) => {
      feed.publish('2.0.0', held());
      const application = start();
      const { downloading } = await application.begin();
      await expect.poll(() => server.holding).toBe(1);
      const detached = application.detach();
      server.letGo();
      await Promise.all([detached, downloading]);
      return application;
    });
    expect(one.events.at(-1)).toBe(downloaded);
    expect(saidBy(one)).toEqual(['dosvc: electron-updater continues by itself: it was detached']);
  });
}

export function testCancellations(it: TestAPI<Fixtures>, pack: Package, route: ServiceRoute): void {
  it('leaves nothing of a download, whenever it is cancelled', async ({ place }) => {
    const { feed, start } = sceneOf(true, { ...place, pack, route });
    feed.publish('2.0.0', slowlyInMiB());
    await byChance(async (next) => {
      for (let times = 0; times < 10; times += 1) {
        const application = start();
        const { cancel, downloading } = await application.begin();
        if (times > 0) await sleep(next() * 400);
        cancel();
        await downloading;
        expect(application.events.at(-1)).toBe(cancelled);
        expect(application.pending).toEqual({});
        expect(application.unfinished).toEqual([]);
      }
    });
  });
}
