// SPDX-License-Identifier: MIT
//
// The progress of many downloads as one. It never goes back, whatever a single download does.

import type { TransferProgress } from './options.js';
import { secondsFor, Speed } from './speed.js';

/** How far all files together are. */
export interface AllProgress extends Pick<TransferProgress, 'bytesPerSecond' | 'secondsLeft'> {
  /** How many downloads have ended, well or not. */
  filesDone: number;
  /** How many downloads there are. */
  filesTotal: number;
  /** Never fewer than before. */
  bytesTransferred: number;
  /** The size of all files; null while that of one is unknown. */
  bytesTotal: number | null;
}

export class Total {
  readonly #files: { transferred: number; total: number | null; done: boolean }[];
  readonly #speed = new Speed();
  #most = 0;

  /** @param sizes The sizes of the files, as far as they are known. */
  constructor(sizes: readonly (number | undefined)[]) {
    this.#files = sizes.map((size) => ({ transferred: 0, total: size ?? null, done: false }));
  }

  /** Records how far a file is. */
  report(at: number, transferred: number, total: number | null): void {
    const file = this.#files[at];
    if (file === undefined) return;
    file.transferred = transferred;
    file.total = total ?? file.total;
    this.#speed.record(this.#transferred);
  }

  /** Records that a download has ended. If it failed, nothing more is to be expected of it. */
  end(at: number, bytes = this.#files[at]?.transferred ?? 0): void {
    this.report(at, bytes, bytes);
    const file = this.#files[at];
    if (file !== undefined) file.done = true;
  }

  get progress(): AllProgress {
    const bytesTransferred = this.#transferred;
    const known = this.#files.reduce<number | null>(
      (sum, { total }) => (sum === null || total === null ? null : sum + total),
      0,
    );
    // A download that failed leaves less to transfer than there was.
    const bytesTotal = known === null ? null : Math.max(known, bytesTransferred);
    const { bytesPerSecond } = this.#speed;
    return {
      filesDone: this.#files.filter(({ done }) => done).length,
      filesTotal: this.#files.length,
      bytesTransferred,
      bytesTotal,
      bytesPerSecond,
      secondsLeft: secondsFor(bytesTotal, bytesTransferred, bytesPerSecond),
    };
  }

  get #transferred(): number {
    const now = this.#files.reduce((sum, { transferred }) => sum + transferred, 0);
    this.#most = Math.max(this.#most, now);
    return this.#most;
  }
}
