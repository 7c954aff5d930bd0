// SPDX-License-Identifier: MIT
//
// One test's meeting of the library with a recorded service: `connect()` takes the recorder for
// it. At its end a scene proves that nothing was left behind.

import { randomUUID } from 'node:crypto';
import { BackgroundCopyManager, type BackgroundCopyJob, type ConnectOptions } from 'dosvc';
import { expect, test } from 'vitest';
import { guidBytes, type Plan } from '../recorder/plan.js';
import {
  notFreed,
  RecordedObject,
  RecordedSink,
  setRoot,
  takeJournal,
  type CallEntry,
  type Entry,
} from '../recorder/recorder.js';
import { iidOf, rowAt } from '../abi/facts.js';
import { expectProperCalls } from '../abi/proper-calls.js';
import { binding, clsid, eventually } from '../abi/scene.js';
import { writtenBytes, writtenObject } from './written.js';

export { binding, eventually };

/** A poll that never comes of itself. */
export const never = 600_000;
export const setNotifyInterface = 'IBackgroundCopyJob::SetNotifyInterface';

/** A job of the recorder's, and the library's object for it. */
export interface Recorded {
  object: RecordedObject;
  job: BackgroundCopyJob;
}

export class LibraryScene {
  /** The object behind the manager. */
  readonly root: RecordedObject;
  readonly manager: BackgroundCopyManager;
  readonly #objects: RecordedObject[];
  readonly #journal: Entry[] = [];

  private constructor(root: RecordedObject, manager: BackgroundCopyManager) {
    this.root = root;
    this.manager = manager;
    this.#objects = [root];
  }

  static async open(options: ConnectOptions = {}): Promise<LibraryScene> {
    takeJournal();
    const root = new RecordedObject();
    setRoot(root);
    const service = `{${clsid}}`;
    const manager = await BackgroundCopyManager.connect({
      service,
      callTimeout: 20_000,
      pollInterval: never,
      ...options,
    });
    return new LibraryScene(root, manager);
  }

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

  /** A job of BITS' that is there, and keeps the callback objects that it gets. */
  async job(id: string = randomUUID()): Promise<Recorded> {
    const object = this.object();
    this.deny(object, 'IDeliveryOptimizationJob');
    this.tell(object, 'IBackgroundCopyJob::GetId', { steps: [writtenBytes(0, guidBytes(id))] });
    this.tell(object, setNotifyInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
    return { object, job: await this.again(object, id) };
  }

  /** Another object of the library's for a job. */
  async again(object: RecordedObject, id: string): Promise<BackgroundCopyJob> {
    this.tell(this.root, 'IBackgroundCopyManager::GetJob', {
      steps: [writtenObject(1, object, 'IBackgroundCopyJob')],
    });
    return this.manager.getJob(id);
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

  /** The callback objects that were handed over, by their numbers; null where one was withdrawn. */
  sinks(): (RecordedSink | null)[] {
    return this.calls(setNotifyInterface)
      .flatMap(({ copies }) => copies)
      .map((copy) => (copy === 'null' ? null : new RecordedSink(Number(copy))));
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

interface Fixtures {
  /** How the manager is connected; a suite may say otherwise. */
  options: ConnectOptions;
  scene: LibraryScene;
  recorded: Recorded;
}

export const it = test.extend<Fixtures>({
  options: {},
  scene: async ({ options }, use) => {
    const scene = await LibraryScene.open(options);
    await use(scene);
    await scene.close();
  },
  recorded: async ({ scene }, use) => {
    await use(await scene.job());
  },
});
