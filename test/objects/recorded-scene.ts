// SPDX-License-Identifier: MIT
//
// Connects the library to a recorded service, for one test: `connect()` takes the recorder for the
// service. As it closes, a scene proves that nothing leaked.

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
import { iidOf, rowAt } from '../facts/facts.js';
import { expectProperCalls } from '../recorder/proper-calls.js';
import { binding, clsid, eventually } from '../recorder/scene.js';
import { writtenObject } from './written.js';

/** A poll interval, in milliseconds, that no test reaches. */
export const never = 600_000;

/** Makes the root that the next connect() finds, and the options to call it with. */
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

  /** The callback objects that were set, in order; null where one was withdrawn. */
  abstract sinks(): (RecordedSink | null)[];

  object(): RecordedObject {
    const object = new RecordedObject();
    this.#objects.push(object);
    return object;
  }

  tell(object: RecordedObject, address: string, plan: Plan): void {
    object.tell(rowAt(address), plan);
  }

  /** The object lacks the interface from now on. */
  deny(object: RecordedObject, name: string): void {
    object.deny(iidOf(name));
  }

  /** An enumerator of these objects; returns what makes the step that writes it. */
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

  /** The first argument of each call of a method, as a 32-bit number. */
  numbers(address: string): number[] {
    return this.calls(address).map((call) =>
      Number(BigInt.asUintN(32, BigInt(call.arguments[0] ?? 0))),
    );
  }

  /** Releases everything, and proves it. */
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
