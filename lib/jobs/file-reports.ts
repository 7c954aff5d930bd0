// SPDX-License-Identifier: MIT
//
// The service's calls about a file of a job. They say what no look at the job can tell, so each reaches
// everyone who listens, in order, and none is merged with another. Everyone gets an object of the file
// that is theirs to close.

import type { SinkEvent } from '../../typings/binding.js';
import { DosvcError } from '../errors.js';
import { callListener } from '../listeners.js';
import { rangeOf, type FileRange } from '../ranges.js';
import { binding } from '../remote/loader.js';
import type { Remote } from '../remote/remote.js';
import { BackgroundCopyFile, fileNames } from './file.js';
import type { lookCalls } from './job-look.js';

type JobEvent = SinkEvent<'job', typeof lookCalls, typeof fileNames>;
/** A call about a file, as the callback object passes it on. */
export type FileReport = Extract<JobEvent, { value: { brought: unknown } }>;

/** What listens to one of these calls. */
export interface FileListener {
  /** The job's object. */
  source: Remote;
  told: (file: BackgroundCopyFile, ranges: FileRange[]) => void;
  /** The file cannot be read, so its listener is not told of it. */
  unread?: ((error: DosvcError) => void) | undefined;
}

export function isFileReport(event: JobEvent): event is FileReport {
  return 'brought' in event.value;
}

export class FileReports {
  readonly #listeners = new Map<FileListener, FileReport['kind']>();

  /** Adds a listener. Returns what removes it. */
  listen(call: FileReport['kind'], listener: FileListener): () => void {
    this.#listeners.set(listener, call);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(report: FileReport): void {
    for (const [listener, call] of [...this.#listeners]) {
      if (call === report.kind && this.#listeners.has(listener)) tellOne(listener, report);
    }
    const { value } = report.value.brought;
    if (value !== null) binding().release(value.object.handle);
  }
}

function tellOne({ source, told, unread }: FileListener, { value }: FileReport): void {
  const ranges = 'ranges' in value ? value.ranges.map(rangeOf) : [];
  let file: BackgroundCopyFile;
  try {
    file = BackgroundCopyFile.brought(source, value.brought);
  } catch (error) {
    if (error instanceof DosvcError) callListener(unread, error);
    return;
  }
  callListener(told, file, ranges);
}
