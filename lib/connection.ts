// SPDX-License-Identifier: MIT
//
// What a manager shares with everything that came from it: the service it talks to, its options, and
// the handles that are to be let go when it closes.

import { debuglog } from 'node:util';
import type { Handle, HandleValue, Outcome } from '../typings/binding.js';
import { checkInteger, checkOptions } from './arguments.js';
import { binding, unlisten } from './binding.js';
import { errorOf, failed, hex } from './errors.js';
import { Farewells } from './farewells.js';
import { Remote } from './remote.js';
import { checkService, type Service, type ServiceName } from './services.js';

export interface ConnectOptions {
  /**
   * `'delivery-optimization'` (default), `'bits'`, or a class id `'{…}'` that speaks the same
   * interfaces.
   */
  service?: ServiceName | (string & {});
  /** Milliseconds after which a call that was not answered rejects; 60,000 by default. */
  callTimeout?: number;
  /** Milliseconds between two looks at a job that somebody listens to; 2,000 by default. */
  pollInterval?: number;
}

const debug = debuglog('dosvc');
// The longest delay that a timer of Node takes, about 24 days.
export const longestDelay = 2 ** 31 - 1;

export class Connection {
  readonly service: Service;
  readonly callTimeout: number;
  readonly pollInterval: number;
  readonly #handles = new Set<Handle>();
  readonly #closing = new Farewells();
  readonly #farewells = new Farewells();
  #closed = false;

  private constructor(options: Partial<ConnectOptions>) {
    const {
      service = 'delivery-optimization',
      callTimeout = 60_000,
      pollInterval = 2000,
    } = options;
    this.service = checkService('options.service', service);
    this.callTimeout = checkInteger('options.callTimeout', callTimeout, 1, longestDelay);
    this.pollInterval = checkInteger('options.pollInterval', pollInterval, 10, longestDelay);
  }

  /** Activates the service's class and asks it for a manager. */
  static async open(manager: string, options: ConnectOptions | undefined): Promise<Remote> {
    const connection = new Connection(checkOptions('options', options));
    const activate = () => connection.#activate(manager);
    return new Remote(connection, await activate(), activate);
  }

  async #activate(manager: string): Promise<HandleValue> {
    const { service, callTimeout } = this;
    const operation = 'CoCreateInstance';
    const outcome = await this.trace(operation, 0, () =>
      binding().connect([service.clsid, manager], callTimeout),
    );
    if (failed(outcome)) throw errorOf(outcome, { service: service.title, operation });
    return outcome.value as HandleValue;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** A handle that is let go with the connection at the latest: at once where that is closed. */
  hold(handle: Handle): Handle {
    this.#handles.add(handle);
    if (this.#closed) this.release(handle);
    return handle;
  }

  /** Lets a handle go. Running calls on it settle all the same. */
  release(handle: Handle): void {
    if (this.#handles.delete(handle)) binding().release(handle);
  }

  /** Calls back when the connection closes, until the returned function is called. */
  onClose(farewell: () => void): () => void {
    return this.#farewells.add(farewell);
  }

  /** The same a moment before, as long as calls can be made. */
  onClosing(farewell: () => void): () => void {
    return this.#closing.add(farewell);
  }

  close(): void {
    this.#closing.say();
    this.#closed = true;
    for (const handle of this.#handles) {
      unlisten(handle);
      this.release(handle);
    }
    this.#farewells.say();
  }

  /** Runs a call and, with `NODE_DEBUG=dosvc`, prints what came of it. */
  async trace(operation: string, handle: Handle, run: () => Promise<Outcome>): Promise<Outcome> {
    if (!debug.enabled) return run();
    const start = performance.now();
    const outcome = await run();
    this.debug(operation, handle, outcome, performance.now() - start);
    return outcome;
  }

  /** Operation, handle, HRESULT and milliseconds, and never an argument. */
  debug(operation: string, handle: Handle, outcome: Outcome, elapsed: number): void {
    if (!debug.enabled) return;
    const { stage = 'done', hresult } = outcome;
    debug('%s #%d %s %s %s ms', operation, handle, stage, hex(hresult), elapsed.toFixed(1));
  }
}
