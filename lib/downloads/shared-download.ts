// SPDX-License-Identifier: MIT
//
// What all objects of one download share in this environment, whichever managers they came from.

import type { DownloadRange } from '../../typings/rows.js';
import { anyGuid } from '../arguments.js';
import type { Connection } from '../connection.js';
import { DosvcError } from '../errors.js';
import { downloadState } from '../generated/enums.js';
import type { Remote } from '../remote.js';

const known = new Map<string, WeakRef<SharedDownload>>();
const forgotten = new FinalizationRegistry((key: string) => {
  if (known.get(key)?.deref() === undefined) known.delete(key);
});

/** An id as the library spells it: a GUID in lower case and without braces, as everywhere. */
export function spelled(id: string): string {
  return anyGuid(id) ?? id;
}

export class SharedDownload {
  /** Stands for this download, and no other one, in this environment. */
  readonly key: string;
  /** Whether it was started before, so that the next start goes on; undefined where nobody knows. */
  begun: boolean | undefined;
  /** Whether somebody reads it as a stream: the service has one sink for it. */
  streamed = false;

  private constructor(key: string) {
    this.key = key;
  }

  static of({ service }: Connection, id: string): SharedDownload {
    const key = `${service.clsid} ${id}`;
    let shared = known.get(key)?.deref();
    if (shared === undefined) {
      shared = new SharedDownload(key);
      known.set(key, new WeakRef(shared));
      forgotten.register(shared, key);
    }
    return shared;
  }

  /** A status was read: it may be older than a start that is on its way. */
  saw(state: number): void {
    if (this.begun !== true) this.begun = state !== downloadState.created;
  }

  async start(remote: Remote, ranges: DownloadRange[] | null): Promise<void> {
    const before = this.begun;
    this.begun = true;
    try {
      await remote.call('IDODownload::Start', ranges);
    } catch (error) {
      this.begun = mayHaveRun(error) ? undefined : before;
      throw error;
    }
  }
}

export function mayHaveRun(error: unknown): boolean {
  return error instanceof DosvcError && error.mayHaveRun;
}
