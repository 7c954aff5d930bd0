// SPDX-License-Identifier: MIT
//
// The progress of a transfer, as listeners of electron-updater's `download-progress` get it.

import type { TransferProgress } from '../index.js';
import type { ProgressInfo } from './surface.js';

export class Progress {
  readonly #tell: (progress: ProgressInfo) => void;
  readonly #size: number | undefined;
  #transferred = 0;
  #bytesPerSecond = 0;

  /** @param size As far as the feed says it. */
  constructor(tell: ((progress: ProgressInfo) => void) | null | undefined, size?: number) {
    this.#tell = (progress) => tell?.(progress);
    this.#size = size;
  }

  /** Tells how far the transfer is, once there is something. That all is there is told by {@link finish}. */
  report({
    bytesTransferred,
    bytesTotal,
    bytesPerSecond,
  }: Pick<TransferProgress, 'bytesTransferred' | 'bytesTotal' | 'bytesPerSecond'>): void {
    const total = bytesTotal ?? this.#size ?? 0;
    this.#bytesPerSecond = Math.round(bytesPerSecond);
    const isPart = bytesTransferred > 0 && (bytesTransferred < total || total === 0);
    if (isPart) this.#told(bytesTransferred, total);
  }

  /** Tells that the file is whole and checked. */
  finish(bytes: number): void {
    this.#told(bytes, bytes, 100);
  }

  #told(
    transferred: number,
    total: number,
    percent = total > 0 ? (transferred / total) * 100 : 0,
  ): void {
    // A transfer that begins anew on another route has fewer bytes than before.
    const delta = Math.max(0, transferred - this.#transferred);
    this.#transferred = transferred;
    this.#tell({ total, delta, transferred, percent, bytesPerSecond: this.#bytesPerSecond });
  }
}
