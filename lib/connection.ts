// SPDX-License-Identifier: MIT
//
// What a manager shares with everything that came from it: the service it talks to, its options, and
// the handles that are to be let go when it closes. Objects of the public API reach the boundary
// through a Remote, and through nothing else.

import { debuglog } from 'node:util';
import type { Handle, Outcome, Value } from '../typings/binding.js';
import { binding, listen, unlisten } from './binding.js';
import { checkInteger, checkOptions } from './arguments.js';
import { closedError, errorOf, failed, hex } from './errors.js';
import { checkService, type Service, type ServiceName } from './services.js';

export interface ConnectOptions {
  /**
   * `'delivery-optimization'` (default), `'bits'`, or a class id `'{…}'` that speaks the same
   * interfaces.
   */
  service?: ServiceName | (string & {});
  /** Milliseconds after which a call that was not answered rejects; 60,000 by default. */
  callTimeout?: number;
  /** Milliseconds between two looks at a job that has listeners; 2,000 by default. */
  pollInterval?: number;
}

const debug = debuglog('dosvc');
// The longest delay that a timer of Node takes, about 24 days.
const longestDelay = 2 ** 31 - 1;

export class Connection {
  readonly service: Service;
  readonly callTimeout: number;
  readonly pollInterval: number;
  readonly #handles = new Set<Handle>();
  #closed = false;

  private constructor(options: Partial<ConnectOptions>) {
    this.service = checkService('options.service', options.service ?? 'delivery-optimization');
    const { callTimeout = 60_000, pollInterval = 2000 } = options;
    this.callTimeout = checkInteger('options.callTimeout', callTimeout, 1, longestDelay);
    this.pollInterval = checkInteger('options.pollInterval', pollInterval, 10, longestDelay);
  }

  /** Activates the service's class and asks it for a manager. */
  static async open(manager: string, options: ConnectOptions | undefined): Promise<Remote> {
    const connection = new Connection(checkOptions('options', options));
    const { service, callTimeout } = connection;
    const target: [string, string] = [service.clsid, manager];
    const outcome = await connection.trace(`connect ${manager}`, () =>
      binding().connect(target, callTimeout, true),
    );
    if (failed(outcome)) throw errorOf(outcome, { service: service.title, operation: 'connect' });
    return connection.adopt(outcome.value);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The remote behind a handle that the service gave. */
  adopt(value: Value): Remote {
    const { handle } = value as { handle: Handle };
    this.#handles.add(handle);
    return new Remote(this, handle);
  }

  /** Lets a handle go. Running calls on it settle all the same. */
  release(handle: Handle): void {
    if (this.#handles.delete(handle)) binding().release(handle);
  }

  subscribe(target: Handle, options: Value): Handle {
    const handle = binding().subscribe('job', target, options);
    if (handle === null) throw closedError('subscribe');
    this.#handles.add(handle);
    return handle;
  }

  close(): void {
    this.#closed = true;
    for (const handle of this.#handles) {
      unlisten(handle);
      this.release(handle);
    }
  }

  /** `NODE_DEBUG=dosvc`: operation, handle, HRESULT and milliseconds, and never an argument. */
  async trace(what: string, run: () => Promise<Outcome>): Promise<Outcome> {
    if (!debug.enabled) return run();
    const start = performance.now();
    const outcome = await run();
    const elapsed = (performance.now() - start).toFixed(1);
    debug('%s %s %s %s ms', what, outcome.stage ?? 'done', hex(outcome.hresult), elapsed);
    return outcome;
  }
}

// Lets go of what nobody can reach any more.
const forgotten = new FinalizationRegistry(
  ({ connection, handle }: { connection: Connection; handle: Handle }) => {
    connection.release(handle);
  },
);

/** An object of the service. */
export class Remote {
  readonly connection: Connection;
  readonly #handle: Handle;
  #closed = false;

  constructor(connection: Connection, handle: Handle) {
    this.connection = connection;
    this.#handle = handle;
    forgotten.register(this, { connection, handle }, this);
  }

  /**
   * Calls a method by its row, on the object's own queue: calls on one object keep their order.
   *
   * @returns the outcome of a call that succeeded, with its code.
   */
  async call(row: string, ...args: Value[]): Promise<Outcome> {
    const { service, callTimeout } = this.connection;
    if (this.#closed || this.connection.closed) throw closedError(row);
    const outcome = await this.connection.trace(`${row} #${String(this.#handle)}`, () =>
      binding().invoke(this.#handle, row, args, callTimeout, true),
    );
    if (failed(outcome)) throw errorOf(outcome, { service: service.title, operation: row });
    return outcome;
  }

  /** Hears of the object until the returned function is called. */
  subscribe(options: Value, listener: Parameters<typeof listen>[1]): () => void {
    if (this.#closed || this.connection.closed) throw closedError('subscribe');
    const subscription = this.connection.subscribe(this.#handle, options);
    listen(subscription, listener);
    return () => {
      unlisten(subscription);
      this.connection.release(subscription);
    };
  }

  close(): void {
    this.#closed = true;
    forgotten.unregister(this);
    this.connection.release(this.#handle);
  }
}
