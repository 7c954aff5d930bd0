// SPDX-License-Identifier: MIT
//
// The boundary between TypeScript and C++, written once. JavaScript holds integer handles; native
// code holds the proxies and makes every call on threads of its own. A failure is a value here:
// lib/errors.ts makes the error.

/** A service's object, or a subscription. Given back with {@link Binding.release}. */
export type Handle = number;

/** A handle where a value may stand: in arguments and in results. */
export interface HandleValue {
  handle: Handle;
}

/**
 * What crosses. Numbers of 64 bits are numbers, and null where they are all ones (an unknown size,
 * "to the end"); a FILETIME is milliseconds since 1970, or null where it is not set; a GUID is a
 * string; a VARIANT is `{ vt, value }`; a method with several results gives them as a list, in the
 * order of its IDL. On the way in at most 128 levels, 1,048,576 values and 64 MiB of text and bytes
 * cross in one argument list: what is more is a RangeError.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | HandleValue
  | readonly Value[]
  | { readonly [field: string]: Value };

/** Where a call ended, where it did not end in the method itself. */
export type Stage =
  /** The service's class could not be activated. */
  | 'activation'
  /** The object does not have the method's interface. */
  | 'interface'
  /** An argument did not fit; nothing was sent. */
  | 'argument'
  /** The method answered, but its result could not be read to the end. */
  | 'result'
  /** The deadline passed. */
  | 'timeout'
  /** The handle had been released. */
  | 'closed';

export interface Outcome {
  /** Unsigned, and kept on success: S_FALSE and the BG_S_ codes mean something. */
  hresult: number;
  value: Value;
  stage?: Stage;
  /** The call may have been carried out although nobody knows its result. */
  mayHaveRun?: true;
  detail?: string;
}

/** One call of several in a hop. */
export interface Call {
  row: string;
  args: readonly Value[];
  /**
   * Called in the same hop on the object that this call gives, or on each that it lists: a
   * {@link Followed} stands in its place.
   */
  then?: readonly Call[];
  /** Whether the handles of those objects are wanted, too. */
  keep?: boolean;
}

export interface Followed {
  /** Null where it was not to be kept. */
  object: HandleValue | null;
  outcomes: Outcome[];
}

export interface Kept extends Followed {
  object: HandleValue;
}

/** What a subscription tells, in the order in which it came. */
export interface BindingEvent {
  subscription: Handle;
  kind: string;
  value: Value;
}

/** For tests and diagnosis. */
export interface Counters {
  /** Integers that JavaScript holds. */
  handles: number;
  /** Proxies, subscriptions and feeds that are alive. */
  objects: number;
  /** Requests on their way. */
  requests: number;
  /** Threads of the process's pool, and how many of them are lent to calls that take long. */
  threads: number;
  lent: number;
}

/**
 * The last arguments of a request on an object: its deadline in milliseconds, and whether it is aside,
 * that is, nobody asked for it: then it does not keep the process alive, and never takes the last
 * threads.
 */
type Waiting = [timeout: number | null, aside?: boolean];

export interface Binding {
  readonly version: string;

  /** Activates a class and asks it for a manager, whose handle is the value. */
  connect(target: [clsid: string, manager: string], timeout: number | null): Promise<Outcome>;
  /** Runs a row, `'IBackgroundCopyJob::GetState'`, on the object's own queue. */
  invoke(
    handle: Handle,
    row: string,
    args: readonly Value[],
    ...waiting: Waiting
  ): Promise<Outcome>;
  /**
   * Runs several calls in one hop, whatever each of them answers. Fewer outcomes than calls: the
   * last one says why.
   */
  invokeMany(handle: Handle, calls: readonly Call[], ...waiting: Waiting): Promise<Outcome[]>;
  /**
   * `'job'`, on a job, with `{ id, flags, tells, poll, keepFlags }`: of the events `state`, `progress`
   * and `modification` those that `tells` lists, with `{ state, progress, error }`; unasked, with
   * `{ operation, hresult }`, `warning` where the service refuses to call back and `lost` where the
   * job cannot be read; with `lasts: true` where the look after it ended alike.
   * `'status'`, `'certificate'` and `'stream'`: a sink to be passed as an argument. Its events are
   * `status`; `certificate`, with a number to answer by; and of a stream, with `{ capacity }`, `data`
   * with `{ bytes, question }`, where each answer says how many bytes were taken, and anything but a
   * number ends it. Null: no such kind, or not for this target.
   */
  subscribe(kind: string, target: Handle | null, options: Value): Handle | null;
  /**
   * An object that came just now stands for the thing that the key names: all that stand for the
   * same share one queue, so that calls on it keep their order. False where it was released.
   */
  unite(handle: Handle, key: string): boolean;
  /**
   * An object goes on with what another handle stands for: the same thing in a service that was
   * started again. Queued before any later call on it; subscriptions to it go on, too. False where
   * one of the handles was released.
   */
  renew(handle: Handle, source: Handle): boolean;
  /** False where nobody waits for it any more. */
  answer(question: number, answer: Value): boolean;
  release(handle: Handle): boolean;
  /**
   * The one listener of this environment. Where the process ends with the environment, no thread is
   * started any more then: what is left goes with the process.
   */
  listen(listener: (events: BindingEvent[]) => void, endsProcess?: boolean): void;
  counters(): Counters;
}
