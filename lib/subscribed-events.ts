// SPDX-License-Identifier: MIT
//
// An emitter that is told something from elsewhere as long as somebody listens: the first listener
// of an event subscribes, the last one to go ends it. Listeners alone do not keep the process alive,
// unless they are asked to.

import { EventEmitter } from 'node:events';
import { longestDelay } from './connection.js';
import type { Remote } from './remote.js';

// Not for users, whose objects these emitters are.
export const subscribe = Symbol('subscribe');
export const endSubscriptions = Symbol('endSubscriptions');

export abstract class SubscribedEvents<
  Events extends Record<keyof Events, unknown[]>,
> extends EventEmitter<Events> {
  readonly #remote: Remote;
  readonly #ends = new Map<string, () => void>();
  #held = false;
  #alive: NodeJS.Timeout | undefined;

  /** @internal */
  constructor(remote: Remote, wanted: readonly string[]) {
    super();
    this.#remote = remote;
    watchListeners(this, {
      added: (name) => {
        if (wanted.includes(name) && !this.#ends.has(name)) this.#begin(name);
      },
      removed: (name, left) => {
        if (left > 0 || !this.#ends.has(name)) return;
        this.#ends.get(name)?.();
        this.#ends.delete(name);
        this.#keepAlive();
      },
    });
  }

  /**
   * Begins to hear what an event is made of; the returned function ends it.
   *
   * @internal
   */
  protected abstract [subscribe](name: string): () => void;

  /** Listeners keep the process alive from now on; by themselves they do not. */
  ref(): this {
    this.#held = true;
    this.#keepAlive();
    return this;
  }

  unref(): this {
    this.#held = false;
    this.#keepAlive();
    return this;
  }

  // Without a name, everything but what makes subscriptions of listeners.
  override removeAllListeners(name?: unknown): this {
    const names = name === undefined ? this.eventNames().filter(isEvent) : [name];
    for (const each of names) super.removeAllListeners(each as never);
    return this;
  }

  /**
   * Nothing comes any more; what came with it is heard before.
   *
   * @internal
   */
  protected [endSubscriptions](): void {
    queueMicrotask(() => {
      this.#endAll();
    });
  }

  #endAll(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    this.#keepAlive();
  }

  #begin(name: string): void {
    const unsubscribe = this[subscribe](name);
    const forget = this.#remote.onClose(() => {
      this.#endAll();
    });
    this.#ends.set(name, () => {
      unsubscribe();
      forget();
    });
    this.#keepAlive();
  }

  #keepAlive(): void {
    clearTimeout(this.#alive);
    this.#alive =
      this.#held && this.#ends.size > 0 ? setTimeout(() => undefined, longestDelay) : undefined;
  }
}

function watchListeners(
  emitter: EventEmitter,
  told: { added: (name: string) => void; removed: (name: string, left: number) => void },
): void {
  emitter.on('newListener', (name) => {
    if (typeof name === 'string') told.added(name);
  });
  emitter.on('removeListener', (name) => {
    if (typeof name === 'string') told.removed(name, emitter.listenerCount(name));
  });
}

function isEvent(name: unknown): boolean {
  return name !== 'newListener' && name !== 'removeListener';
}
