// SPDX-License-Identifier: MIT
//
// A transfer in a service, whichever API it is made through: how it runs, and how it is stopped without
// leaving anything behind.

import { abortError } from '../../errors.js';
import { discard } from '../discard.js';
import { sizeOf } from '../files/size.js';
import type { Fetched, Order, RouteProgress, Transfer } from '../route.js';

export abstract class ServiceTransfer implements Transfer {
  abstract readonly id: string;
  readonly takenUp: boolean;
  protected readonly order: Order;
  readonly #close: (remains: boolean) => Promise<void>;
  readonly #halt = new AbortController();
  #running: Promise<Fetched> | undefined;
  #completed = false;
  #stopped: Promise<void> | undefined;
  #ended: Promise<void> | undefined;

  /** @param close Lets go of the transfer, once it is over here, whether or not it remains in the service. */
  constructor(close: (remains: boolean) => Promise<void>, order: Order, takenUp: boolean) {
    this.#close = close;
    this.order = order;
    this.takenUp = takenUp;
  }

  run(): Promise<Fetched> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async detach(): Promise<void> {
    await this.begin();
    await this.#end(true);
  }

  async look(): Promise<void> {
    this.order.report(await this.read());
  }

  stop(how: 'discard' | 'keep'): Promise<void> {
    this.#stopped ??= this.#stop(how);
    return this.#stopped;
  }

  /** Starts it, or continues it, unless the service has everything already. */
  protected abstract begin(): Promise<void>;
  /** Yields how far it is, until the service has everything. */
  protected abstract progress(signal: AbortSignal): AsyncIterable<RouteProgress>;
  /** Has the service give the file its name. */
  protected abstract complete(): Promise<void>;
  /** Reads how far it is. */
  protected abstract read(): Promise<RouteProgress>;
  /** Ends it in the service, with all data. */
  protected abstract cancel(): Promise<void>;
  protected abstract suspend(): Promise<void>;

  async #run(): Promise<Fetched> {
    const { file, signal } = this.order;
    const abort = () => {
      this.#halt.abort(signal.reason);
    };
    if (signal.aborted) abort();
    if (this.#halt.signal.aborted) throw abortError(this.#halt.signal);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await this.begin();
      let declared: number | null = null;
      for await (const progress of this.progress(this.#halt.signal)) {
        declared = progress.bytesTotal;
        this.order.report(progress);
      }
      await this.complete();
      this.#completed = true;
      return { bytes: await sizeOf(file), declared };
    } finally {
      signal.removeEventListener('abort', abort);
      if (this.#completed && this.#stopped === undefined) await this.#end(false);
    }
  }

  // The manager is shared, and counts who uses it.
  #end(remains: boolean): Promise<void> {
    this.#ended ??= this.#close(remains);
    return this.#ended;
  }

  async #stop(how: 'discard' | 'keep'): Promise<void> {
    this.#halt.abort(this.order.signal.reason);
    try {
      // At once, since these calls overtake one that hangs.
      if (!this.#completed) await (how === 'discard' ? this.cancel() : this.suspend());
    } finally {
      await this.#running?.catch(() => undefined);
      await this.#end(how === 'keep');
      if (how === 'discard') await discard(this.order.file);
    }
  }
}
