// SPDX-License-Identifier: MIT
//
// The binding without the types that prevent wrong calls, so that tests can make them.

import type { Binding, Handle, HandleValue, Outcome, Value } from '../../typings/binding.js';

export type RawOutcome = Outcome<Value> & { value: Value };

export interface RawCall {
  row: string;
  args: readonly Value[];
  then?: readonly RawCall[];
  keep?: boolean;
  when?: { call: number; gave: readonly Value[] };
  brought?: boolean;
  loan?: { sink: HandleValue; read: string; how: string };
}

type Waiting = [timeout: number | null, aside?: boolean];

export interface RawBinding extends Omit<
  Binding,
  'connect' | 'invoke' | 'invokeMany' | 'listen' | 'subscribe'
> {
  connect(target: readonly string[], timeout: number | null): Promise<RawOutcome>;
  invoke(
    handle: Handle,
    row: string,
    args: readonly Value[],
    ...waiting: Waiting
  ): Promise<RawOutcome>;
  invokeMany(handle: Handle, calls: readonly RawCall[], ...waiting: Waiting): Promise<RawOutcome[]>;
  subscribe(
    kind: string,
    target: Handle | null,
    options: Value,
    look?: readonly RawCall[],
    brought?: readonly RawCall[],
  ): Handle | null;
  listen(listener: (events: RawEvent[]) => void, endsProcess?: boolean): void;
}

export interface RawEvent {
  subscription: Handle;
  kind: string;
  value: Value;
}
