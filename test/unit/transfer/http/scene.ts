// SPDX-License-Identifier: MIT
// A test of the http route: a server, a folder, and transfers of one file between them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { http } from '../../../../lib/transfer/http/route.js';
import type { Order, RouteProgress, RouteSettings } from '../../../../lib/transfer/route.js';
import { HostileServer, type Exchange } from '../../../http/hostile.js';
import { passing } from '../delays.js';
import { folders } from '../folder.js';

export const usual: RouteSettings = {
  priority: 'foreground',
  cost: undefined,
  retryDelay: undefined,
  headers: [],
  fetch: globalThis.fetch,
};

type Given = Omit<Partial<Order>, 'settings'> & { settings?: Partial<RouteSettings> };

/** What a test uses; new for each test. */
export class Scene {
  readonly folder: string;
  readonly reports: RouteProgress[] = [];
  readonly controller = new AbortController();
  /** How long its transfers waited before retries, in milliseconds. */
  delays: number[] = [];
  readonly #servers: HostileServer[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  get file(): string {
    return join(this.folder, 'file.abc123.part');
  }

  /** The names in the folder. */
  get left(): string[] {
    return readdirSync(this.folder).toSorted();
  }

  get content(): Buffer {
    return readFileSync(this.file);
  }

  async serve(answer: (exchange: Exchange) => void | Promise<void>): Promise<HostileServer> {
    const server = await HostileServer.start(answer);
    this.#servers.push(server);
    return server;
  }

  order(address: string, { settings = {}, ...given }: Given = {}): Order {
    return {
      address,
      file: this.file,
      tag: 'a tag',
      key: undefined,
      sameContent: false,
      size: null,
      signal: this.controller.signal,
      report: (progress) => this.reports.push(progress),
      ...given,
      settings: { ...usual, ...settings },
    };
  }

  prepare(address: string, given?: Given) {
    return http.prepare(this.order(address, given));
  }

  /** Fetches a file whole. */
  async fetch(address: string, given?: Given) {
    const transfer = await this.prepare(address, given);
    return transfer.run();
  }

  async end(): Promise<void> {
    this.controller.abort();
    for (const server of this.#servers) await server.stop();
  }
}

/** Gives each test a scene of its own, in which the delays before retries pass at once. */
export function scenes(): () => Scene {
  const newFolder = folders();
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene(newFolder());
    scene.delays = passing('at once');
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await scene.end();
  });
  return () => scene;
}
