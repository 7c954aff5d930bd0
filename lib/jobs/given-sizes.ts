// SPDX-License-Identifier: MIT
//
// The sizes that this environment gave with a job's files. A service may transfer another size all the
// same, such as that of an earlier version at the same URL.

import { sizeError } from '../errors.js';
import { callOf, valueOf } from '../remote/calls.js';
import type { Remote } from '../remote/remote.js';

const fileCalls = [
  callOf('IBackgroundCopyFile::GetLocalName', []),
  callOf('IBackgroundCopyFile::GetProgress', []),
] as const;
const filesCall = callOf('IBackgroundCopyJob::EnumFiles', [], { then: fileCalls });

export class GivenSizes {
  // By path, without regard to case.
  readonly #sizes = new Map<string, number>();

  add(localName: string, size: number): void {
    this.#sizes.set(localName.toLowerCase(), size);
  }

  /** Whether there is anything to check. */
  get any(): boolean {
    return this.#sizes.size > 0;
  }

  /** Rejects with `ERR_DOSVC_SIZE_MISMATCH` if a file of a transferred job has another size. */
  async check(job: Remote): Promise<void> {
    const [outcome] = await job.hop(filesCall.row, () => [filesCall] as const);
    for (const { outcomes } of job.resultOf(outcome, filesCall.row)) {
      const [localName, progress] = [valueOf(outcomes[0]), valueOf(outcomes[1])];
      if (localName === null || progress === null) continue;
      const size = this.#sizes.get(localName.toLowerCase());
      const actual = progress.bytesTransferred;
      if (size === undefined || size === actual) continue;
      const advice = 'Call cancel() to drop the files of the job, or complete() to keep them.';
      throw sizeError(`The file '${localName}'`, actual, size, advice);
    }
  }
}
