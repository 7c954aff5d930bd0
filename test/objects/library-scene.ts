// SPDX-License-Identifier: MIT
//
// Connects the library's jobs to a recorded service, for one test.

import { randomUUID } from 'node:crypto';
import { BackgroundCopyManager, type BackgroundCopyJob, type ConnectOptions } from 'dosvc';
import { test } from 'vitest';
import { guidBytes } from '../recorder/plan.js';
import { RecordedSink, type RecordedObject } from '../recorder/recorder.js';
import { binding, eventually } from '../recorder/scene.js';
import { prepare, RecordedScene } from './recorded-scene.js';
import { writtenBytes, writtenObject } from './written.js';

export { binding, eventually };
export { never } from './recorded-scene.js';

export const setNotifyInterface = 'IBackgroundCopyJob::SetNotifyInterface';

/** A recorded job, and the library's object for it. */
export interface Recorded {
  object: RecordedObject;
  job: BackgroundCopyJob;
}

export class LibraryScene extends RecordedScene<BackgroundCopyManager> {
  static async open(given: ConnectOptions = {}): Promise<LibraryScene> {
    const { root, options } = prepare(given);
    return new LibraryScene(root, await BackgroundCopyManager.connect(options));
  }

  /** A BITS job that exists, and keeps the callback objects that it gets. */
  async job(id: string = randomUUID()): Promise<Recorded> {
    const object = this.object();
    this.deny(object, 'IDeliveryOptimizationJob');
    this.tell(object, 'IBackgroundCopyJob::GetId', { steps: [writtenBytes(0, guidBytes(id))] });
    this.tell(object, setNotifyInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
    return { object, job: await this.again(object, id) };
  }

  /** Another library object for a job. */
  async again(object: RecordedObject, id: string): Promise<BackgroundCopyJob> {
    this.tell(this.root, 'IBackgroundCopyManager::GetJob', {
      steps: [writtenObject(1, object, 'IBackgroundCopyJob')],
    });
    return this.manager.getJob(id);
  }

  override sinks(): (RecordedSink | null)[] {
    return this.calls(setNotifyInterface)
      .flatMap(({ copies }) => copies)
      .map((copy) => (copy === 'null' ? null : new RecordedSink(Number(copy))));
  }
}

interface Fixtures {
  /** How the manager connects; a suite may override it. */
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
