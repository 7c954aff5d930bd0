// SPDX-License-Identifier: MIT
//
// One test's meeting of the library with a recorded service: `connect()` takes the recorder for
// it. At its end a scene proves that nothing was left behind.

import type { ConnectOptions } from 'dosvc';
import { expect } from 'vitest';
import type { Plan } from '../recorder/plan.js';
import {
  notFreed,
  RecordedObject,
  setRoot,
  takeJournal,
  type CallEntry,
  type Entry,
  type RecordedSink,
} from '../recorder/recorder.js';
import { iidOf, rowAt } from '../abi/facts.js';
import { expectProperCalls } from '../abi/proper-calls.js';
import { binding, clsid, eventually } from '../abi/scene.js';
import { writtenObject } from './written.js';

/** A poll that never comes of itself. */
export const never = 600_000;

/** What the next connect() finds, and how it is to be called. */
export function prepare(options: ConnectOptions) {
  takeJournal();
  const root = new RecordedObject();
  setRoot(root);
  const service = `{${clsid}}`;
  return { root, options: { service, callTimeout: 20_000, pollInterval: never, ...options } };
}

export abstract class RecordedScene<Manager extends { close(): Promise<void> }> {
  /** The object behind the manager. */
  readonly root: RecordedObject;
  readonly manager: Manager;
  readonly #objects: RecordedObject[];
  readonly #journal: Entry[] = [];

  protected constructor(root: RecordedObject, manager: Manager) {
    this.root = root;
    this.manager = manager;
    this.#objects = [root];
  }

  /** The callback objects that were handed over; null where one was withdrawn. */
  abstract sinks(): (RecordedSink | null)[];

  object(): RecordedObject {
    const object = new RecordedObject();
    this.#objects.push(object);
    return object;
  }

  tell(object: RecordedObject, address: string, plan: Plan): void {
    object.tell(rowAt(address), plan);
  }

  /** The object does not have the interface. */
  deny(object: RecordedObject, name: string): void {
    object.deny(iidOf(name));
  }

  /** An enumerator of new objects. */
  enumerator(name: string, element: string, objects: RecordedObject[]) {
    const enumerator = this.object();
    enumerator.enumerate(objects, iidOf(element));
    return (argument: number) => writtenObject(argument, enumerator, name);
  }

  /** The calls of a method, or all of them. */
  calls(address?: string): CallEntry[] {
    this.#journal.push(...takeJournal());
    const calls = this.#journal.filter((entry) => entry.event === 'call');
    if (address === undefined) return calls;
    const { iid, slot } = rowAt(address);
    return calls.filter((call) => call.iid === iid && call.slot === slot);
  }

  /** The numbers that a method was called with, one after another. */
  numbers(address: string): number[] {
    return this.calls(address).map((call) =>
      Number(BigInt.asUintN(32, BigInt(call.arguments[0] ?? 0))),
    );
  }

  /** Lets go of everything, and proves it. */
  async close(): Promise<void> {
    await this.manager.close();
    await eventually(() => {
      expect(binding.counters()).toMatchObject({ handles: 0, objects: 0, requests: 0 });
    });
    for (const sink of this.sinks()) sink?.drop();
    expectProperCalls(this.#journal);
    await eventually(() => {
      const held = this.#objects.filter(({ references }) => references !== 0);
      expect(held.map(({ number, references }) => ({ number, references }))).toEqual([]);
      expect(notFreed()).toBe(0);
    });
  }
}
