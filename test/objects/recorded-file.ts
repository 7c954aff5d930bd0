// SPDX-License-Identifier: MIT
//
// A file of a recorded job, and the service's calls about it.

import { expect } from 'vitest';
import { iidOf, rowAt } from '../facts/facts.js';
import type { RecordedObject, RecordedSink, SinkArgument } from '../recorder/recorder.js';
import type { LibraryScene, Recorded } from './library-scene.js';
import { structBytes, writtenText } from './written.js';

export const getLocalName = 'IBackgroundCopyFile::GetLocalName';

export function fileNamed(scene: LibraryScene, name: string): RecordedObject {
  const file = scene.object();
  const remoteName = [writtenText(0, `http://${name}/`)];
  scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: remoteName });
  scene.tell(file, getLocalName, { steps: [writtenText(0, `C:\\${name}`)] });
  return file;
}

/** The service reports a file, with ranges or without. */
export async function report(
  sink: RecordedSink,
  { object }: Recorded,
  file: RecordedObject,
  ranges?: [offset: number | bigint, length: number | bigint][],
): Promise<void> {
  const row =
    ranges === undefined
      ? 'IBackgroundCopyCallback2::FileTransferred'
      : 'IBackgroundCopyCallback3::FileRangesTransferred';
  const bytes = (ranges ?? []).map(([InitialOffset, Length]) =>
    structBytes('BG_FILE_RANGE', { InitialOffset, Length }),
  );
  const args: SinkArgument[] = [
    { object, iid: iidOf('IBackgroundCopyJob') },
    { object: file, iid: iidOf('IBackgroundCopyFile') },
    ...(ranges === undefined ? [] : [ranges.length, Buffer.concat(bytes)]),
  ];
  expect(await sink.call(rowAt(row), args)).toBe(0);
}

/** What {@link report} sends, as the library reports it. */
export const named = (name: string) => ({
  remoteName: `http://${name}/`,
  localName: `C:\\${name}`,
});
