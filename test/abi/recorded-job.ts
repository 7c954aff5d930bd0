// SPDX-License-Identifier: MIT
//
// A job of the recorder's for tests of what is told of jobs.

import { expect } from 'vitest';
import { guidBytes, uint32, type Step } from '../recorder/plan.js';
import { RecordedObject, type RecordedSink } from '../recorder/recorder.js';
import type { Handle, Value } from '../../typings/binding.js';
import { enumValue, iidOf, rowAt, type Row } from './facts.js';
import { eventually, type Scene } from './scene.js';

export const setNotify = 'IBackgroundCopyJob::SetNotifyInterface';
export const getNotify = 'IBackgroundCopyJob::GetNotifyInterface';
export const setFlags = 'IBackgroundCopyJob::SetNotifyFlags';

export const transferred = rowAt('IBackgroundCopyCallback::JobTransferred');
export const failed = rowAt('IBackgroundCopyCallback::JobError');
export const modified = rowAt('IBackgroundCopyCallback::JobModification');

/** Those that the job has before anyone subscribes: BG_NOTIFY_DISABLE. */
export const flagsBefore = 4;
/** BG_NOTIFY_JOB_TRANSFERRED and BG_NOTIFY_JOB_ERROR. */
export const flags = 3;
export const subscription = {
  flags,
  tells: ['state', 'progress', 'modification'],
  // A poll never comes of itself.
  poll: 600_000,
};

export function written(data: Buffer): Step[] {
  return [{ kind: 'writeBytes', argument: 0, data }];
}

export class RecordedJob {
  readonly object: RecordedObject;
  readonly handle: Handle;
  readonly #scene: Scene;

  private constructor(scene: Scene, object: RecordedObject, handle: Handle) {
    this.#scene = scene;
    this.object = object;
    this.handle = handle;
  }

  static async make(scene: Scene, id = '0123abcd-4567-89ef-fedc-ba9876543210') {
    const object = scene.object();
    scene.tell(object, 'IBackgroundCopyJob::GetId', { steps: written(guidBytes(id)) });
    scene.tell(object, setNotify, { steps: [{ kind: 'keepSink', argument: 0 }] });
    scene.tell(object, 'IBackgroundCopyJob::GetNotifyFlags', {
      steps: written(uint32(flagsBefore)),
    });
    return new RecordedJob(scene, object, await scene.handleOf(object, 'IBackgroundCopyJob'));
  }

  /** The job is in this state from now on. */
  enter(name: string): number {
    const state = enumValue(`BG_JOB_STATE_${name}`);
    this.#scene.tell(this.object, 'IBackgroundCopyJob::GetState', {
      steps: written(uint32(state)),
    });
    return state;
  }

  /** Subscribes, and hands out the sink that the job got. */
  async subscribe(more: Record<string, Value> = {}): Promise<[Handle, RecordedSink]> {
    const handle = this.#scene.subscribe('job', this.handle, { ...subscription, ...more });
    // Joining queues the first look at the job behind what is there.
    await this.settled();
    await this.settled();
    return [handle, this.#scene.sink(this.#scene.calls(setNotify)[0]?.copies[0])];
  }

  /** Whatever was queued for the job before has been done when this is. */
  async settled(): Promise<void> {
    await this.#scene.invoke('IBackgroundCopyJob::Resume', [], this.handle);
  }

  /** The service calls back. */
  async call(sink: RecordedSink, callback: Row, more: Parameters<RecordedSink['call']>[1] = [0]) {
    const sender = { object: this.object, iid: iidOf('IBackgroundCopyJob') };
    expect(await sink.call(callback, [sender, ...more])).toBe(0);
  }

  /** The states that were told, once they are as many. */
  async told(handle: Handle, count: number): Promise<number[]> {
    return eventually(() => {
      const states = this.#scene.eventsOf(handle).filter(({ kind }) => kind === 'state');
      expect(states).toHaveLength(count);
      return states.map(({ value }) => (value as { state: number }).state);
    });
  }
}
