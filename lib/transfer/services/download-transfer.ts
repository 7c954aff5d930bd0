// SPDX-License-Identifier: MIT
//
// A transfer that is a download of Delivery Optimization.

import type { Download } from '../../downloads/download.js';
import type { DownloadStatus } from '../../downloads/status.js';
import type { Order, RouteProgress } from '../route.js';
import { waitsFor } from './holds.js';
import { again, end } from './outcomes.js';
import { ServiceTransfer } from './service-transfer.js';

/** A download for an order, which does not run yet. */
export interface PreparedDownload {
  download: Download;
  /** Whether an earlier process created it. */
  takenUp: boolean;
  /** Whether the service has everything already, so that the download is only to be finalized. */
  transferred: boolean;
}

export class DownloadTransfer extends ServiceTransfer {
  readonly #download: Download;
  readonly #transferred: boolean;

  /** @param done Called when the transfer is over. */
  constructor(prepared: PreparedDownload, order: Order, done: () => void) {
    const { download, takenUp, transferred } = prepared;
    super(() => download.detach()[Symbol.asyncDispose]().finally(done), order, takenUp);
    this.#download = download;
    this.#transferred = transferred;
  }

  get id(): string {
    return this.#download.id;
  }

  protected async begin(): Promise<void> {
    if (!this.#transferred) await again(() => this.#download.start());
  }

  protected async *progress(signal: AbortSignal): AsyncGenerator<RouteProgress> {
    for await (const status of this.#download.watch({ signal })) yield progressOf(status);
  }

  protected complete(): Promise<void> {
    return again(() => this.#download.finalize());
  }

  protected async read(): Promise<RouteProgress> {
    return progressOf(await this.#download.getStatus());
  }

  protected async cancel(): Promise<void> {
    await end(() => this.#download.abort());
  }

  // A download that does not run cannot be paused.
  protected async suspend(): Promise<void> {
    await end(() => this.#download.pause());
  }
}

function progressOf(status: DownloadStatus): RouteProgress {
  const trouble = status.transient ? status.extendedError : null;
  return {
    bytesTransferred: status.bytesTransferred,
    bytesTotal: status.bytesTotal,
    waitingFor: trouble === null ? null : waitsFor(trouble),
    trouble,
  };
}
