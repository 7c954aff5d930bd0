// SPDX-License-Identifier: MIT
// Updates with the real electron-updater that run to their end, alone and with the library attached.

import { createHash } from 'node:crypto';
import { expect, type TestAPI } from 'vitest';
import { bytesOf } from '../http/served.js';
import { HttpServer } from '../http/server.js';
import type { Package } from './packages.mjs';
import { bothWays, expectByService, saidBy, type ServiceRoute, type Stage } from './ways.js';

export interface Fixtures {
  /** A running service, a server, and a folder. */
  place: Pick<Stage, 'server' | 'folder'>;
}

const found = (version: string) => ['checking-for-update', `update-available ${version}`];
const downloaded = (version: string) => `update-downloaded ${version} app-${version}.exe`;
const installer = ['app-2.0.0.exe', 'update-info.json'];

export function testDownload(it: TestAPI<Fixtures>, pack: Package, route: ServiceRoute): void {
  it('downloads an update, with its progress', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      feed.publish('2.0.0');
      const application = start();
      await application.update();
      return application;
    });
    expect(one.events).toEqual([...found('2.0.0'), 'download-progress', downloaded('2.0.0')]);
    expect(Object.keys(one.pending)).toEqual(installer);
    expectByService(one, route);
    const { progress } = one;
    const total = 300_000;
    expect(progress.at(-1)).toMatchObject({ total, transferred: total, percent: 100 });
    expect(progress.filter(({ percent }) => percent === 100)).toHaveLength(1);
    expect(progress.reduce((all, { delta }) => all + delta, 0)).toBe(total);
    const fields = ['bytesPerSecond', 'delta', 'percent', 'total', 'transferred'];
    for (const info of progress) expect(Object.keys(info).sort()).toEqual(fields);
  });
}

export function testUpdates(it: TestAPI<Fixtures>, pack: Package, route: ServiceRoute): void {
  it('refuses a file that has another sha512', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      const sha512 = createHash('sha512').update('another').digest('base64');
      feed.publish('2.0.0', { sha512 });
      const application = start();
      await application.update();
      return application;
    });
    expect(one.events.at(-1)).toMatch(/^error ERR_CHECKSUM_MISMATCH sha512 checksum mismatch/);
    expect(one.pending).toEqual({});
  });

  it('has the error of electron-updater for a file that is not there', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      feed.publish('2.0.0', { status: 404 });
      const application = start();
      await application.update();
      return application;
    });
    expect(one.events.at(-1)).toMatch(/^error - Cannot download "URL", status 404/);
  });

  it('keeps credentials from another origin', async ({ place }) => {
    const other = await HttpServer.start();
    try {
      const content = bytesOf(300_000);
      const redirect = other.serve('app.exe', { content, etag: '"1"' });
      const headers = { Authorization: 'Bearer s3cret', 'X-Api-Key': 's3cret' };
      const one = await bothWays({ ...place, pack, route }, async ({ attached, feed, start }) => {
        feed.publish('2.0.0', { content, redirect });
        // The oldest electron-updater alone sends them on.
        if (attached) other.asked.length = 0;
        const application = start({ headers });
        await application.update();
        return application;
      });
      expect(one.events.at(-1)).toBe(downloaded('2.0.0'));
      expectByService(one, route);
      expect(other.asked.length).toBeGreaterThan(0);
      expect(JSON.stringify(other.asked)).not.toContain('s3cret');
      const first = place.server.asked.filter(({ path }) => path === '/attached/app-2.0.0.exe');
      expect(first.map((asked) => asked.headers.authorization)).toContain('Bearer s3cret');
    } finally {
      await other.stop();
    }
  });

  it('downloads nothing that an earlier start has downloaded', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, server, start }) => {
      const { path } = feed.publish('2.0.0');
      await start().update();
      const before = server.asked.length;
      const application = start();
      await application.update();
      const asked = server.asked.slice(before).filter((request) => request.path === `/${path}`);
      expect(asked).toEqual([]);
      return application;
    });
    expect(one.events).toEqual([...found('2.0.0'), downloaded('2.0.0')]);
    expectByService(one, route, 0);
  });

  it('downloads two updates after one another', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      const application = start();
      for (const version of ['2.0.0', '3.0.0']) {
        feed.publish(version);
        await application.update();
      }
      return application;
    });
    const all = ['2.0.0', '3.0.0'].flatMap((version) => [
      ...found(version),
      ...['download-progress', downloaded(version)],
    ]);
    expect(one.events).toEqual(all);
    expect(Object.keys(one.pending)).toContain('app-3.0.0.exe');
    expectByService(one, route, 2);
  });

  it('leaves differential downloads to electron-updater', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, server, start }) => {
      const old = feed.publish('1.0.0');
      const content = Buffer.from(old.content);
      content.fill(1, 100_000, 200_000);
      const { path } = feed.publish('2.0.0', { content });
      const application = start({ differential: true });
      application.installed(old.content);
      await application.update();
      const ranges = server.asked.filter((asked) => asked.path === `/${path}`);
      expect(ranges.map(({ range }) => range)).toEqual([
        expect.stringMatching(/^bytes=\d{5}-\d{6}$/),
      ]);
      return application;
    });
    expect(one.events.at(-1)).toBe(downloaded('2.0.0'));
    expectByService(one, route, 0);
  });

  it('downloads the whole file where a differential download fails', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      const old = feed.publish('1.0.0');
      const content = Buffer.from(old.content);
      content.fill(1, 100_000, 200_000);
      feed.publish('2.0.0', { content });
      const application = start({ differential: true });
      // Not what its blockmap says.
      application.installed(Buffer.from(old.content).fill(7, 200_000));
      await application.update();
      expect(application.said.join()).toContain('fallback to full download');
      return application;
    });
    expect(one.events.at(-1)).toBe(downloaded('2.0.0'));
    expectByService(one, route);
  });

  it('leaves a download to a session with a proxy of its own', async ({ place }) => {
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      feed.publish('2.0.0');
      const application = start();
      const session = { resolveProxy: () => Promise.resolve('PROXY 127.0.0.1:9') };
      Object.defineProperty(application.updater, 'netSession', { value: session });
      await application.update();
      return application;
    });
    expect(one.events.at(-1)).toBe(downloaded('2.0.0'));
    expect(saidBy(one)).toEqual([
      expect.stringContaining('its session uses the proxy 127.0.0.1:9, which Windows does not'),
    ]);
  });
}
