// SPDX-License-Identifier: MIT
// The same scene with electron-updater alone, and with the library attached to it.

import { join } from 'node:path';
import { attach } from 'dosvc/electron-updater';
import { expect } from 'vitest';
import type { HttpServer } from '../http/server.js';
import { Application, type Settings } from './application.mjs';
import { Feed } from './feed.js';
import type { Package } from './packages.mjs';

export type ServiceRoute = 'delivery-optimization' | 'bits';

/** What a scene is played with. */
export interface Stage {
  pack: Package;
  route: ServiceRoute;
  server: HttpServer;
  folder: string;
}

export interface Scene {
  attached: boolean;
  feed: Feed;
  server: HttpServer;
  /** What the application has on disk. */
  folder: string;
  /** Starts the application, with the library if this is the way with it. */
  start: (settings?: Settings) => Started;
}

export interface Started extends Application {
  detach: ReturnType<typeof attach>;
}

/** Makes the scene of one way. */
export function sceneOf(attached: boolean, { pack, route, server, ...stage }: Stage): Scene {
  const name = attached ? 'attached' : 'alone';
  const folder = join(stage.folder, name);
  const feed = new Feed(server, name);
  const start = (settings: Settings = {}) => {
    const application = new Application(pack, folder, feed.url, settings);
    const detach = attached
      ? attach(application.updater, { routes: [route] })
      : () => Promise.resolve();
    return Object.assign(application, { detach });
  };
  return { attached, feed, server, folder, start };
}

/**
 * Plays a scene both ways, and expects the same events and the same files in `pending`. Returns the
 * application that had the library.
 *
 * @param progress Whether progress counts: if a download does not end, alone it may have reported none.
 */
export async function bothWays(
  stage: Stage,
  play: (scene: Scene) => Promise<Started>,
  progress: 'with progress' | 'without progress' = 'with progress',
): Promise<Started> {
  const heard = ({ events }: Application) =>
    events.filter((event) => progress === 'with progress' || event !== 'download-progress');
  const alone = await play(sceneOf(false, stage));
  stage.server.hold();
  const attached = await play(sceneOf(true, stage));
  expect(heard(attached)).toEqual(heard(alone));
  expect(attached.pending).toEqual(alone.pending);
  expect(attached.unfinished).toEqual([]);
  expect(saidBy(alone)).toEqual([]);
  return attached;
}

/** What the library said. */
export function saidBy({ said }: Application): string[] {
  return said.filter((line) => line.startsWith('dosvc:'));
}

/** Expects that the service downloaded so many files, and electron-updater none. */
export function expectByService(application: Application, route: ServiceRoute, times = 1): void {
  const line = expect.stringMatching(
    new RegExp(`^dosvc: \\d+ bytes from .* by ${route}$`),
  ) as string;
  expect(saidBy(application)).toEqual(Array.from({ length: times }, () => line));
}
