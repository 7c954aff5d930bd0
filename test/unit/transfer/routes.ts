// SPDX-License-Identifier: MIT
// Routes that do as a test says, in place of the services and of HTTP: what is tried here is what stands
// above them.

import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DosvcError, refusal } from '../../../lib/errors.js';
import {
  routeNames,
  type Fetched,
  type Order,
  type RouteName,
  type RouteProgress,
  type Transfer,
} from '../../../lib/transfer/route.js';
import type { Ways } from '../../../lib/transfer/ways.js';

/** What a route does with an order. Each part may wait, write the file, report and fail. */
export interface Script {
  prepare?: (transfer: FakeTransfer) => unknown;
  run?: (transfer: FakeTransfer) => Promise<Partial<Fetched> | undefined> | Partial<Fetched>;
  look?: (transfer: FakeTransfer) => unknown;
  detach?: (transfer: FakeTransfer) => unknown;
  stop?: (transfer: FakeTransfer) => Promise<void>;
  takenUp?: boolean;
}

export class FakeTransfer implements Transfer {
  readonly route: RouteName;
  readonly order: Order;
  readonly id: string | null;
  readonly takenUp: boolean;
  readonly #script: Script;
  /** How it was stopped, if it was. */
  stopped: 'discard' | 'keep' | undefined;
  detached = false;
  /** How often it was looked at. */
  looks = 0;

  constructor(route: RouteName, order: Order, script: Script, id: string | null) {
    this.route = route;
    this.order = order;
    this.id = id;
    this.takenUp = script.takenUp ?? false;
    this.#script = script;
  }

  async run(): Promise<Fetched> {
    const fetched = (await this.#script.run?.(this)) ?? {};
    const bytes = existsSync(this.order.file) ? statSync(this.order.file).size : 0;
    return { bytes, declared: null, ...fetched };
  }

  async detach(): Promise<void> {
    await this.#script.detach?.(this);
    this.detached = true;
  }

  async look(): Promise<void> {
    this.looks += 1;
    await this.#script.look?.(this);
  }

  stop(how: 'discard' | 'keep'): Promise<void> {
    this.stopped = how;
    if (how === 'discard') rmSync(this.order.file, { force: true });
    return this.#script.stop?.(this) ?? Promise.resolve();
  }

  /** Writes the file. */
  write(content: string | Buffer): void {
    writeFileSync(this.order.file, content);
  }

  report(progress: Partial<RouteProgress>): void {
    const none = { bytesTransferred: 0, bytesTotal: null, waitingFor: null, trouble: null };
    this.order.report({ ...none, ...progress });
  }

  /** Resolves never, but rejects when the download ends it. */
  hang(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.order.signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
    });
  }
}

/** The routes of a test, and what they were asked. */
export class FakeWays implements Ways {
  readonly transfers: FakeTransfer[] = [];
  readonly scripts: Record<RouteName, Script[]> = {
    'delivery-optimization': [],
    bits: [],
    http: [],
  };
  readonly routes = Object.fromEntries(
    routeNames.map((name) => [
      name,
      { name, prepare: (order: Order) => this.#prepare(name, order) },
    ]),
  ) as unknown as Ways['routes'];
  missing: RouteName[] = [];

  left(route: RouteName): DosvcError | undefined {
    if (!this.missing.includes(route)) return undefined;
    return new DosvcError('not here', { code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM' });
  }

  /** What a route does with its next orders, one after the other; the last one with all that follow. */
  on(route: RouteName, ...scripts: Script[]): this {
    this.scripts[route] = scripts;
    return this;
  }

  /** The routes and addresses that were tried, in order. */
  get tried(): string[] {
    return this.transfers.map(({ route, order }) => `${route} ${order.address}`);
  }

  async #prepare(name: RouteName, order: Order): Promise<Transfer> {
    const scripts = this.scripts[name];
    const [script = fails('ERROR_SERVICE_DISABLED', 0x80070422)] =
      scripts.length > 1 ? scripts.splice(0, 1) : scripts;
    const id = name === 'http' ? null : `${name}-${String(this.transfers.length)}`;
    const transfer = new FakeTransfer(name, order, script, id);
    this.transfers.push(transfer);
    await script.prepare?.(transfer);
    return transfer;
  }
}

/** A route that delivers this content. */
export function delivers(content: string | Buffer, declared: number | null = null): Script {
  return {
    run: (transfer) => {
      transfer.write(content);
      const { length } = Buffer.from(content);
      transfer.report({ bytesTransferred: length, bytesTotal: length });
      return { declared };
    },
  };
}

/** A route that fails with a code before it has begun. */
export function fails(what: string, hresult: number): Script {
  return {
    prepare: () => {
      throw refusal(hresult, what);
    },
  };
}

/** A route that fails with a code after some bytes. */
export function breaks(hresult: number, bytes = 0): Script {
  return {
    run: (transfer) => {
      if (bytes > 0) transfer.report({ bytesTransferred: bytes });
      throw refusal(hresult, 'It broke.');
    },
  };
}

/** A route that hangs after some bytes. */
export function hangs(progress: Partial<RouteProgress> = {}): Script {
  return {
    run: async (transfer) => {
      transfer.report(progress);
      return await transfer.hang();
    },
  };
}

export const codes = {
  connect: 0x80072efd,
  diskFull: 0x80070070,
  policy: 0x8020003e,
  disabled: 0x80070422,
  notFound: 0x80190194,
  forbidden: 0x80190193,
  unavailable: 0x801901f7,
  proxy: 0x80190197,
  cost: 0x80d03801,
} as const;
