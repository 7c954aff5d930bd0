// SPDX-License-Identifier: MIT
//
// A recorded job and its service's callbacks: sets what the job reports, and makes the calls.

import { expect } from 'vitest';
import { uint32, type Step } from '../recorder/plan.js';
import type { RecordedObject, RecordedSink, SinkArgument } from '../recorder/recorder.js';
import { enumValue, iidOf, rowAt } from '../facts/facts.js';
import type { LibraryScene, Recorded } from './library-scene.js';
import { allOnes, structBytes, writtenBytes, writtenNumber } from './written.js';

/** The job is in this state from now on. */
export function enter(scene: LibraryScene, { object }: Recorded, state: string): void {
  const steps = [writtenNumber(0, enumValue(`BG_JOB_STATE_${state}`))];
  scene.tell(object, 'IBackgroundCopyJob::GetState', { steps });
}

/** The job has transferred this many bytes from now on. */
export function move(scene: LibraryScene, { object }: Recorded, bytes: number): void {
  const progress = { BytesTotal: allOnes, BytesTransferred: bytes, FilesTotal: 1 };
  const steps = [writtenBytes(0, structBytes('BG_JOB_PROGRESS', progress))];
  scene.tell(object, 'IBackgroundCopyJob::GetProgress', { steps });
}

/** What {@link move} sets, as the library reports it. */
export function moved(bytes: number) {
  return { bytesTotal: null, bytesTransferred: bytes, filesTotal: 1, filesTransferred: 0 };
}

/** The service calls back on a thread of its own. */
export async function callBack(
  sink: RecordedSink,
  { object }: Recorded,
  name: 'JobTransferred' | 'JobError' | 'JobModification',
  error?: RecordedObject,
): Promise<void> {
  const job: SinkArgument = { object, iid: iidOf('IBackgroundCopyJob') };
  const second: SinkArgument = error
    ? { object: error, iid: iidOf('IBackgroundCopyError') }
    : uint32(0);
  const args = name === 'JobTransferred' ? [job] : [job, second];
  expect(await sink.call(rowAt(`IBackgroundCopyCallback::${name}`), args)).toBe(0);
}

/** Waits until everything that was queued for the job is done, and its events are emitted. */
export async function settled({ job }: Recorded): Promise<void> {
  await job.getType();
  await job.getType();
}

/** The sink that the job has, which GetNotifyInterface returns from now on. */
export async function sinkOf(scene: LibraryScene, recorded: Recorded): Promise<RecordedSink> {
  await settled(recorded);
  const sink = scene.sinks().at(-1);
  if (!sink) throw new Error('the job has no callback object');
  const step: Step = { kind: 'writeSink', argument: 0, data: uint32(sink.number) };
  scene.tell(recorded.object, 'IBackgroundCopyJob::GetNotifyInterface', { steps: [step] });
  return sink;
}
