// SPDX-License-Identifier: MIT
//
// A recorded job, for the tests of a job's callback object.

import { expect } from 'vitest';
import { uint32, type Step } from '../recorder/plan.js';
import { RecordedObject, type RecordedSink, type SinkArgument } from '../recorder/recorder.js';
import type { Handle, Loan, Value } from '../../typings/binding.js';
import { enumValue, iidOf, rowAt, type Row } from '../facts/facts.js';
import { eventually, type Scene } from '../recorder/scene.js';
import type { RawCall, RawOutcome } from '../binding/raw-boundary.js';

export const setNotify = 'IBackgroundCopyJob::SetNotifyInterface';
export const getNotify = 'IBackgroundCopyJob::GetNotifyInterface';
export const setFlags = 'IBackgroundCopyJob::SetNotifyFlags';
export const getFlags = 'IBackgroundCopyJob::GetNotifyFlags';
export const getState = 'IBackgroundCopyJob::GetState';
export const getError = 'IBackgroundCopyJob::GetError';

export const transferred = rowAt('IBackgroundCopyCallback::JobTransferred');
export const failed = rowAt('IBackgroundCopyCallback::JobError');
export const modified = rowAt('IBackgroundCopyCallback::JobModification');
export const fileTransferred = rowAt('IBackgroundCopyCallback2::FileTransferred');
export const rangesTransferred = rowAt('IBackgroundCopyCallback3::FileRangesTransferred');

/** The job's flags before it has a callback object: BG_NOTIFY_DISABLE. */
export const flagsBefore = 4;
/** BG_NOTIFY_JOB_TRANSFERRED and BG_NOTIFY_JOB_ERROR. */
export const flags = 3;

/** Reads the state and, in the state ERROR, the error's context and code. */
export const look: RawCall[] = [
  { row: getState, args: [] },
  {
    row: getError,
    args: [],
    brought: true,
    when: { call: 0, gave: [enumValue('BG_JOB_STATE_ERROR')] },
    then: [{ row: 'IBackgroundCopyError::GetError', args: [] }],
  },
];

/** Reads the names of a file that a call brought. */
export const names: RawCall[] = [
  { row: 'IBackgroundCopyFile::GetRemoteName', args: [] },
  { row: 'IBackgroundCopyFile::GetLocalName', args: [] },
];

export function written(data: Buffer): Step[] {
  return [{ kind: 'writeBytes', argument: 0, data }];
}

function zerosOf({ params }: Row): SinkArgument[] {
  return params.slice(1).map(() => 0);
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

  static async make(scene: Scene) {
    const object = scene.object();
    scene.tell(object, setNotify, { steps: [{ kind: 'keepSink', argument: 0 }] });
    const job = new RecordedJob(scene, object, await scene.handleOf(object, 'IBackgroundCopyJob'));
    job.stand(flagsBefore);
    return job;
  }

  /** The job is in this state from now on. */
  enter(name: string): number {
    const state = enumValue(`BG_JOB_STATE_${name}`);
    this.#scene.tell(this.object, getState, { steps: written(uint32(state)) });
    return state;
  }

  /** The job has these flags from now on. */
  stand(standing: number): void {
    this.#scene.tell(this.object, getFlags, { steps: written(uint32(standing)) });
  }

  /** The job returns this sink from now on. */
  giveBack(sink: RecordedSink): void {
    const steps: Step[] = [{ kind: 'writeSink', argument: 0, data: uint32(sink.number) }];
    this.#scene.tell(this.object, getNotify, { steps });
  }

  /** Sets a callback object on the job. Returns JavaScript's handle and the recorder's sink. */
  async hook(): Promise<[Handle, RecordedSink]> {
    const handle = this.#scene.subscribe('job', this.handle, null, look, names);
    const [outcome] = await this.lend([lent(handle, setNotify, { handle }, getNotify, 'set')]);
    expect(outcome).toEqual({ hresult: 0, value: null });
    const sink = this.#scene.sink(this.#scene.calls(setNotify).at(-1)?.copies[0]);
    this.giveBack(sink);
    return [handle, sink];
  }

  lend(calls: RawCall[]): Promise<RawOutcome[]> {
    return this.#scene.invokeMany(20_000, calls, this.handle);
  }

  /** Waits until everything that was queued for the job is done. */
  async settled(): Promise<void> {
    await this.#scene.invoke('IBackgroundCopyJob::Resume', [], this.handle);
  }

  /** The service calls back, by default with zeros after the job. */
  async call(sink: RecordedSink, callback: Row, more: SinkArgument[] = zerosOf(callback)) {
    const sender = { object: this.object, iid: iidOf('IBackgroundCopyJob') };
    expect(await sink.call(callback, [sender, ...more])).toBe(0);
  }

  /** The events that were emitted, once there are this many. */
  async told(handle: Handle, count: number) {
    return eventually(() => {
      const events = this.#scene.eventsOf(handle);
      expect(events).toHaveLength(count);
      return events.map(({ kind, value }) => ({
        kind,
        outcomes: value as unknown as RawOutcome[],
      }));
    });
  }

  /** The flags that were set, in order. */
  flagsSet(): number[] {
    return this.#scene.calls(setFlags).map(({ arguments: [bits] }) => Number(BigInt(bits ?? -1)));
  }
}

/** How the result of a call that was not made arrives. */
export const skipped = { hresult: 0, value: null, stage: 'skipped' };

/** A call whose setting is a loan of a callback object. */
export function lent(
  handle: Handle,
  row: string,
  value: Value,
  read: string,
  how: Loan['how'],
): RawCall {
  return { row, args: [value], loan: { sink: { handle }, read, how } };
}
