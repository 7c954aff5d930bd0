// SPDX-License-Identifier: MIT
//
// A callback object of ours that is set as a property of a download: our status callback as
// CallbackInterface, our stream as StreamInterface. The service keeps the last one that was set.

import type { Handle, RowArgs, SinkEvent, Sinks } from '../../typings/binding.js';
import { closedError } from '../errors.js';
import { downloadProperty } from '../generated/enums.js';
import { VT_UNKNOWN } from '../properties/kinds.js';
import type { Connection } from '../remote/connection.js';
import { binding, listen, unlisten } from '../remote/loader.js';

const propertyOf = {
  status: downloadProperty.callbackInterface,
  stream: downloadProperty.streamInterface,
} as const;

type Kinds = keyof typeof propertyOf;

export class Sink<Kind extends Kinds> {
  readonly connection: Connection;
  readonly #property: number;
  readonly #handle: Handle;

  constructor(
    connection: Connection,
    kind: Kind,
    options: Sinks[Kind]['options'],
    listener: (event: SinkEvent<Kind>) => void,
  ) {
    const handle = binding().subscribe(kind, null, options);
    if (handle === null) throw closedError('subscribe');
    this.connection = connection;
    this.#property = propertyOf[kind];
    this.#handle = connection.hold(handle);
    listen(handle, listener);
  }

  /** The arguments of `IDODownload::SetProperty` that set it. */
  get setting(): RowArgs<'IDODownload::SetProperty'> {
    return [this.#property, { vt: VT_UNKNOWN, value: { handle: this.#handle } }];
  }

  /** The arguments that clear it. */
  get clearing(): RowArgs<'IDODownload::SetProperty'> {
    return [this.#property, { vt: VT_UNKNOWN, value: null }];
  }

  /** Ignores its events from now on. */
  mute(): void {
    unlisten(this.#handle);
  }

  /** Cuts the service off: calls that it still makes to this object fail. */
  end(): void {
    this.mute();
    this.connection.release(this.#handle);
  }
}
