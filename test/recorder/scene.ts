// SPDX-License-Identifier: MIT
//
// Connects the shipped addon to a recorded manager, for one test. The addon takes the recorder for a
// service. As it closes, a scene proves that nothing leaked.

import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { expect, vi } from 'vitest';
import type { Plan } from './plan.js';
import { clsid } from './recorded-class.js';
import {
  notFreed,
  RecordedObject,
  RecordedSink,
  setRoot,
  takeJournal,
  type BlanketEntry,
  type CallEntry,
  type Entry,
} from './recorder.js';
import type { Handle, Value } from '../../typings/binding.js';
import { rowAt } from '../facts/facts.js';
import { expectProperCalls } from './proper-calls.js';
import { writtenObject } from './taken.js';
import type { RawBinding, RawCall, RawEvent, RawOutcome } from '../binding/raw-boundary.js';

export { clsid };

// What rows answer below the library, which publishes its own calls: see record-rows.ts.
const answers = channel('dosvc-test:answer');

const require = createRequire(import.meta.url);
const binary = `../../prebuilds/win32-${process.arch}/dosvc.node`;
export const binding = require(binary) as RawBinding;

/** Milliseconds. Enough for anything here: a test that waits this long has failed. */
const patience = 20_000;

export async function eventually<T>(look: () => T): Promise<T> {
  return vi.waitFor(look, { timeout: patience, interval: 5 });
}

const listeners = new Set<(events: RawEvent[]) => void>();
const tell = (events: RawEvent[]) => {
  for (const listener of listeners) listener(events);
};

export class Scene {
  /** The object behind the manager's handle. */
  readonly root: RecordedObject;
  readonly manager: Handle;
  readonly events: RawEvent[] = [];
  readonly #journal: Entry[] = [];
  readonly #objects: RecordedObject[];
  readonly #handles: Set<Handle>;
  readonly #sinks: RecordedSink[] = [];
  /** Set if the objects do not support blankets, and so cannot show that they got one. */
  bare = false;

  private constructor(root: RecordedObject, manager: Handle) {
    this.root = root;
    this.manager = manager;
    this.#objects = [root];
    this.#handles = new Set([manager]);
    listeners.add(this.#listen);
  }

  static async open(name = 'IBackgroundCopyManager'): Promise<Scene> {
    takeJournal();
    // Only here: a binding has one listener, and tests of the library leave it to the library.
    binding.listen(tell);
    const root = new RecordedObject();
    setRoot(root);
    const { hresult, value } = await binding.connect([clsid, name], patience);
    expect(hresult).toBe(0);
    const [manager] = handlesIn(value);
    if (manager === undefined) throw new Error('no manager');
    return new Scene(root, manager);
  }

  readonly #listen = (events: RawEvent[]) => {
    this.events.push(...events);
  };

  object(): RecordedObject {
    const object = new RecordedObject();
    this.#objects.push(object);
    return object;
  }

  /** Objects made elsewhere, which must be released as well. */
  watch(objects: RecordedObject[]): void {
    this.#objects.push(...objects);
  }

  tell(object: RecordedObject, address: string, plan: Plan): void {
    object.tell(rowAt(address), plan);
  }

  async invoke(address: string, args: Value[] = [], handle = this.manager): Promise<RawOutcome> {
    return this.invokeWithin(patience, address, args, handle);
  }

  async invokeWithin(
    timeout: number,
    address: string,
    args: Value[] = [],
    handle = this.manager,
  ): Promise<RawOutcome> {
    const outcome = await binding.invoke(handle, address, args, timeout);
    answers.publish({ operation: address, hresult: outcome.hresult });
    for (const found of handlesIn(outcome.value)) this.#handles.add(found);
    return outcome;
  }

  async invokeMany(timeout: number, calls: RawCall[], handle: Handle): Promise<RawOutcome[]> {
    const outcomes = await binding.invokeMany(handle, calls, timeout);
    for (const [at, { hresult, value }] of outcomes.entries()) {
      answers.publish({ operation: calls[at]?.row, hresult });
      for (const found of handlesIn(value)) this.#handles.add(found);
    }
    return outcomes;
  }

  /** A handle for a recorded job or download. */
  async handleOf(object: RecordedObject, name: 'IBackgroundCopyJob' | 'IDODownload') {
    const isJob = name === 'IBackgroundCopyJob';
    const address = isJob ? 'IBackgroundCopyManager::GetJob' : 'IDOManager::CreateDownload';
    const args = isJob ? [randomUUID()] : [];
    this.tell(this.root, address, { steps: [writtenObject(args.length, object, name)] });
    const { value } = await this.invoke(address, args);
    const [handle] = handlesIn(value);
    if (handle === undefined) throw new Error(`${address} gave no handle`);
    return handle;
  }

  subscribe(
    kind: string,
    target: Handle | null,
    options: Value = null,
    look: RawCall[] = [],
    brought: RawCall[] = [],
  ): Handle {
    const handle = binding.subscribe(kind, target, options, look, brought);
    if (handle === null) throw new Error(`no subscription of kind ${kind}`);
    this.#handles.add(handle);
    return handle;
  }

  release(handle: Handle): void {
    expect(binding.release(handle)).toBe(true);
    this.#handles.delete(handle);
  }

  sink(number: number | string | undefined): RecordedSink {
    const sink = new RecordedSink(Number(number));
    this.#sinks.push(sink);
    return sink;
  }

  /** Everything that was recorded in this scene. */
  entries(): Entry[] {
    this.#journal.push(...takeJournal());
    return this.#journal;
  }

  /** The calls of a method, or all of them. */
  calls(address?: string): CallEntry[] {
    const calls = this.entries().filter((entry) => entry.event === 'call');
    if (address === undefined) return calls;
    const { iid, slot } = rowAt(address);
    return calls.filter((call) => call.iid === iid && call.slot === slot);
  }

  blankets(): BlanketEntry[] {
    return this.entries().filter((entry) => entry.event === 'blanket');
  }

  /** Releases the handles that events brought. */
  releaseBrought(): void {
    const handles = this.events.flatMap(({ value }) => handlesIn(value));
    expect(handles.map((handle) => binding.release(handle))).not.toContain(false);
    this.events.length = 0;
  }

  eventsOf(subscription: Handle): RawEvent[] {
    return this.events.filter((event) => event.subscription === subscription);
  }

  async close(): Promise<void> {
    expectProperCalls(this.entries(), { bare: this.bare });
    listeners.delete(this.#listen);
    for (const handle of this.#handles) binding.release(handle);
    for (const sink of this.#sinks) sink.drop();
    await eventually(() => {
      const held = this.#objects.filter(({ references }) => references !== 0);
      expect(held.map(({ number, references }) => ({ number, references }))).toEqual([]);
      expect(notFreed()).toBe(0);
      expect(binding.counters()).toMatchObject({ handles: 0, objects: 0, requests: 0 });
    });
  }
}

/** The handles in a value, in order. */
export function handlesIn(value: Value): Handle[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  if ('handle' in value && typeof value.handle === 'number') return [value.handle];
  return Object.values(value as Record<string, Value>).flatMap(handlesIn);
}
