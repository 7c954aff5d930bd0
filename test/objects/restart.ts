// SPDX-License-Identifier: MIT
//
// A service that restarts: what a job was is gone, and GetJob gives another object.

import { setNotifyInterface, type LibraryScene, type Recorded } from './library-scene.js';
import { writtenObject } from './written.js';

export const getState = 'IBackgroundCopyJob::GetState';
export const getJob = 'IBackgroundCopyManager::GetJob';
export const unavailable = 0x800706ba;
export const lost = 0x800706be;

/** Calls on the job fail with this code, and GetJob returns another object, from now on. */
export function restart(
  scene: LibraryScene,
  { object, job }: Recorded,
  hresult = unavailable,
): Recorded {
  for (const row of [
    getState,
    'IBackgroundCopyJob::GetProgress',
    'IBackgroundCopyJob::Resume',
    'IBackgroundCopyJob::GetNotifyFlags',
    'IBackgroundCopyJob::GetError',
    setNotifyInterface,
  ]) {
    scene.tell(object, row, { hresult });
  }
  const again = { object: scene.object(), job };
  scene.tell(again.object, setNotifyInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
  scene.tell(scene.root, getJob, {
    steps: [writtenObject(1, again.object, 'IBackgroundCopyJob')],
  });
  return again;
}

export function callsOf(scene: LibraryScene, row: string, { object }: Recorded): number {
  return scene.calls(row).filter((call) => call.object === object.number).length;
}
