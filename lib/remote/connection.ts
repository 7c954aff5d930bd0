// SPDX-License-Identifier: MIT
//
// What a manager shares with every object that came from it: the service it talks to, its options, and
// the handles to release when it closes.

import { channel } from 'node:diagnostics_channel';
import { debuglog } from 'node:util';
import type { Handle, HandleValue, Outcome } from '../../typings/binding.js';
import { checkInteger, checkOptions } from '../arguments.js';
import { binding, unlisten } from './loader.js';
import { hex } from '../codes.js';
import { resultOf } from './calls.js';
import { checkService, type Service, type ServiceName } from '../services.js';
import { Lifetime } from './lifetime.js';

/** Options of a manager's `connect()`. */
export interface ConnectOptions {
  /**
   * The service: `'delivery-optimization'` (default), `'bits'`, or the class id `'{…}'` of another
   * service that implements the same interfaces.
   */
  service?: ServiceName | (string & {}) | undefined;
  /**
   * The time, in milliseconds, after which an unanswered call rejects with `ERR_DOSVC_CALL_TIMEOUT`;
   * 60,000 by default. The call itself is not cancelled.
   */
  callTimeout?: number | undefined;
  /**
   * The interval, in milliseconds, at which a job or download that has listeners is polled, in addition
   * to the service's callbacks; at least 10, and 2,000 by default.
   */
  pollInterval?: number | undefined;
}

const debug = debuglog('dosvc');
const calls = channel('dosvc:call');
// The longest delay that a Node timer accepts, in milliseconds: about 24 days.
export const longestDelay = 2 ** 31 - 1;

export class Connection extends Lifetime {
  readonly service: Service;
  readonly callTimeout: number;
  readonly pollInterval: number;
  readonly #handles = new Set<Handle>();

  constructor(options: ConnectOptions | undefined) {
    const {
      service = 'delivery-optimization',
      callTimeout = 60_000,
      pollInterval = 2000,
    } = checkOptions('options', options, ['service', 'callTimeout', 'pollInterval']);
    super();
    this.service = checkService('options.service', service);
    this.callTimeout = checkInteger('options.callTimeout', callTimeout, 1, longestDelay);
    this.pollInterval = checkInteger('options.pollInterval', pollInterval, 10, longestDelay);
  }

  /** Activates the service's class and asks it for a manager. */
  async activate(manager: string): Promise<HandleValue> {
    const { service, callTimeout } = this;
    const operation = 'CoCreateInstance';
    const start = performance.now();
    const outcome = await binding().connect([service.clsid, manager], callTimeout);
    this.report(operation, 0, outcome, start);
    return resultOf(outcome, { service: service.title, operation, manager });
  }

  /** Registers a handle to be released when the connection closes, or now if it is closed. */
  hold(handle: Handle): Handle {
    this.#handles.add(handle);
    if (!this.open) this.release(handle);
    return handle;
  }

  /** Releases a handle. Calls in progress on it still settle. */
  release(handle: Handle): void {
    if (this.#handles.delete(handle)) binding().release(handle);
  }

  /** Releases an object that a call returned and that is not needed. */
  drop({ handle }: HandleValue): void {
    this.release(this.hold(handle));
  }

  override close(): void {
    super.close(() => {
      for (const handle of this.#handles) {
        unlisten(handle);
        this.release(handle);
      }
    });
  }

  /** Whether anyone subscribed to `dosvc:call` or set NODE_DEBUG. */
  get isObserved(): boolean {
    return debug.enabled || calls.hasSubscribers;
  }

  /**
   * Publishes a call to the diagnostics channel `dosvc:call` and, with `NODE_DEBUG=dosvc`, prints it: the
   * service, the operation, the HRESULT, the stage and the time, but never an argument, which may be
   * secret. The calls of a hop have the time of the whole hop.
   *
   * @param start When the call was sent, as a `performance.now()` time.
   */
  report(operation: string, handle: Handle, outcome: Outcome, start: number): void {
    const { stage = 'done', hresult } = outcome;
    if (stage === 'skipped' || !this.isObserved) return;
    const milliseconds = performance.now() - start;
    const { title: service } = this.service;
    calls.publish({ service, operation, hresult, stage, milliseconds });
    const elapsed = milliseconds.toFixed(1);
    debug('%s #%d %s %s %s ms', operation, handle, stage, hex(hresult), elapsed);
  }
}
