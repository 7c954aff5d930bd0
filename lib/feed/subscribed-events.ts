// SPDX-License-Identifier: MIT
//
// An emitter that is subscribed to its source only while it has listeners: the first listener of an
// event subscribes, and removing the last one unsubscribes. Listeners do not keep the process alive
// unless ref() is called.

import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { inspect, type InspectOptions } from 'node:util';
import { line } from '../inspection.js';
import { longestDelay } from '../remote/connection.js';
import type { Remote } from '../remote/remote.js';

// Symbols, because these emitters are public objects and the methods are internal.
export const target = Symbol('target');
export const subscribe = Symbol('subscribe');
export const endSubscriptions = Symbol('endSubscriptions');
export const tell = Symbol('tell');

const events = channel('dosvc:event');

export abstract class SubscribedEvents<
  Events extends Record<keyof Events, unknown[]>,
> extends EventEmitter<Events> {
  /** The id by which any process can find the job or download. */
  abstract readonly id: string;
  readonly #remote: Remote;
  readonly #ends = new Map<string, () => void>();
  #held = false;
  #alive: NodeJS.Timeout | undefined;

  /** @internal */
  constructor(remote: Remote, wanted: readonly string[]) {
    super();
    this.#remote = remote;
    (this as EventEmitter).on('newListener', (name: string) => {
      if (wanted.includes(name) && !this.#ends.has(name)) this.#begin(name);
    });
    (this as EventEmitter).on('removeListener', (name: string) => {
      if (this.listenerCount(name as never) > 0 || !this.#ends.has(name)) return;
      this.#ends.get(name)?.();
      this.#ends.delete(name);
      this.#keepAlive();
    });
  }

  /**
   * The object of the service that this one stands for.
   *
   * @internal
   */
  protected get [target](): Remote {
    return this.#remote;
  }

  /**
   * Subscribes to the source of an event. Returns what unsubscribes.
   *
   * @internal
   */
  protected abstract [subscribe](name: string): () => void;

  /** What identifies the object, for `JSON.stringify()`. */
  toJSON(): { id: string } {
    return { id: this.id };
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return line(this.constructor.name, this.toJSON(), options);
  }

  /** Makes the listeners of this object keep the process alive. By default they do not. */
  ref(): this {
    this.#held = true;
    this.#keepAlive();
    return this;
  }

  /** Undoes {@link ref}: the listeners no longer keep the process alive. */
  unref(): this {
    this.#held = false;
    this.#keepAlive();
    return this;
  }

  // Without a name, removes all listeners except the two internal ones that manage subscriptions.
  override removeAllListeners(name?: unknown): this {
    const names = name === undefined ? this.eventNames().filter(isEvent) : [name];
    for (const each of names) super.removeAllListeners(each as never);
    return this;
  }

  /**
   * Emits an event, and publishes it to the diagnostics channel `dosvc:event`.
   *
   * @internal
   */
  protected [tell]<Name extends keyof Events & string>(name: Name, ...args: Events[Name]): void {
    if (events.hasSubscribers) events.publish({ id: this.id, event: name, value: args[0] });
    this.emit(name as never, ...(args as never));
  }

  /**
   * Ends all subscriptions, after the listeners have heard what arrived together with the end.
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

function isEvent(name: unknown): boolean {
  return name !== 'newListener' && name !== 'removeListener';
}
