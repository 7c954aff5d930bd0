// SPDX-License-Identifier: MIT
//
// A callback object of ours that a property of a download takes: CallbackInterface our status
// callback, StreamInterface our stream. The service keeps the last that was set.

import type { Handle, Value } from '../../typings/binding.js';
import { binding, listen, unlisten, type Listener } from '../binding.js';
import type { Connection } from '../connection.js';
import { closedError } from '../errors.js';
import { downloadProperty } from '../generated/enums.js';
import { VT_UNKNOWN } from '../property-kinds.js';
import type { RowArgs } from '../remote.js';

const propertyOf = {
  status: downloadProperty.callbackInterface,
  stream: downloadProperty.streamInterface,
} as const;

export class Sink {
  readonly connection: Connection;
  readonly #property: number;
  readonly #handle: Handle;

  constructor(
    connection: Connection,
    kind: keyof typeof propertyOf,
    options: Value,
    listener: Listener,
  ) {
    const handle = binding().subscribe(kind, null, options);
    if (handle === null) throw closedError('subscribe');
    this.connection = connection;
    this.#property = propertyOf[kind];
    this.#handle = connection.hold(handle);
    listen(handle, listener);
  }

  /** What sets it, for `IDODownload::SetProperty`. */
  get set(): RowArgs<'IDODownload::SetProperty'> {
    return [this.#property, { vt: VT_UNKNOWN, value: { handle: this.#handle } }];
  }

  /** What takes it back. */
  get clear(): RowArgs<'IDODownload::SetProperty'> {
    return [this.#property, { vt: VT_UNKNOWN, value: null }];
  }

  /** Nothing is heard of it any more. */
  mute(): void {
    unlisten(this.#handle);
  }

  /** Cuts the service off: what it still does with it fails. */
  end(): void {
    this.mute();
    this.connection.release(this.#handle);
  }
}
