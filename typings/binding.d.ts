// SPDX-License-Identifier: MIT
//
// The boundary between TypeScript and C++, declared in one place. JavaScript holds integer handles;
// native code holds the proxies and makes every call on threads of its own. A failure is a value here;
// lib/errors.ts turns it into an error.

import type { AnyCall, Outcome, Outcomes, RowArgs, RowName, RowResult } from './calls.js';
import type { BindingEvent, SinkKind, Sinks } from './events.js';
import type { Query, ReadingsOf } from './system.js';
import type { Handle, HandleValue, Value } from './values.js';

export type * from './calls.js';
export type * from './events.js';
export type * from './system.js';
export type * from './values.js';

/** What the native code holds at the moment, for tests and diagnostics. */
export interface Counters {
  /** Handles that JavaScript holds. */
  handles: number;
  /** Live objects: proxies and callback objects. */
  objects: number;
  /** Requests in progress. */
  requests: number;
  /** Threads of the process's pool. */
  threads: number;
  /** Those of them that are lent out. */
  lent: number;
}

/**
 * The last arguments of a request on an object: its deadline in milliseconds, null for none; and
 * whether it is a background call, which does not keep the process alive and never occupies every
 * thread.
 */
type Waiting = [timeout: number | null, background?: boolean];

export interface Binding {
  readonly version: string;

  /** Activates a class and queries it for a manager's interface. The value is the manager's handle. */
  connect(
    target: [clsid: string, manager: string],
    timeout: number | null,
  ): Promise<Outcome<HandleValue>>;
  /** Runs a row, such as `'IBackgroundCopyJob::GetState'`, on the object's strand. */
  invoke<Row extends RowName>(
    handle: Handle,
    row: Row,
    args: RowArgs<Row>,
    ...waiting: Waiting
  ): Promise<Outcome<RowResult<Row>>>;
  /**
   * Runs several calls in one hop; a call that fails does not stop the next ones. If there are fewer
   * outcomes than calls, the last outcome says why.
   */
  invokeMany<const Calls extends readonly AnyCall[]>(
    handle: Handle,
    calls: Calls,
    ...waiting: Waiting
  ): Promise<Outcomes<Calls>>;
  /**
   * Creates a callback object, to be passed as an argument; {@link Sinks} lists the kinds. The kind
   * `job` has a job as its target, a look, and calls on the files that the service's calls carry; the
   * others have no target. Returns null if there is no such kind, or if it does not fit the target.
   */
  subscribe<Kind extends SinkKind>(
    kind: Kind,
    target: Handle | null,
    options: Sinks[Kind]['options'],
    look?: readonly AnyCall[],
    brought?: readonly AnyCall[],
  ): Handle | null;
  /**
   * Declares which job or download a newly fetched object stands for. All objects with the same key
   * share one strand, so that calls on it keep their order. Returns false if the handle was released.
   */
  unite(handle: Handle, key: string): boolean;
  /**
   * Replaces the proxies of an object by those of `source`, the same object in a restarted service.
   * This is queued before any later call on the object, whose subscriptions continue. Returns false if
   * one of the handles was released.
   */
  renew(handle: Handle, source: Handle): boolean;
  /** Makes another handle of the same object. Returns null if the handle was released. */
  share(handle: Handle): Handle | null;
  /** Answers a question of a callback object. Returns false if it no longer waits for an answer. */
  answer(question: number, answer: Value): boolean;
  /** Releases a handle. Returns false if it was released before. */
  release(handle: Handle): boolean;
  /**
   * Sets the one listener of this environment. `endsProcess` says that the process ends with the
   * environment: then its end starts no thread, and what is left ends with the process.
   */
  listen(listener: (events: BindingEvent[]) => void, endsProcess?: boolean): void;
  /**
   * Reads of the system, on a thread of its own; no object's call waits for it. If there are fewer
   * outcomes than queries, the last outcome says why.
   */
  readSystem<const Queries extends readonly Query[]>(
    queries: Queries,
    timeout: number | null,
  ): Promise<ReadingsOf<Queries>>;
  /** The system's own text for an HRESULT, in the user's language; empty if it has none. */
  systemText(hresult: number): string;
  counters(): Counters;
}
