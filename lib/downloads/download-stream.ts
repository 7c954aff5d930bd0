// SPDX-License-Identifier: MIT
//
// A download as a Node stream. The service writes into our IStream, and its calls wait on a thread of
// their own while the reader is behind, so only a bounded part of the content is ever in memory.

import { Readable } from 'node:stream';
import type { SinkEvent } from '../../typings/binding.js';
import type { DownloadRange } from '../../typings/rows.js';
import { binding } from '../remote/loader.js';
import { longestDelay } from '../remote/connection.js';
import { closedError, DosvcError, refusal } from '../errors.js';
import { downloadProperty } from '../generated/enums.js';
import type { Remote } from '../remote/remote.js';
import { mayHaveRun, type SharedDownload } from './shared-download.js';
import { Sink } from './sink.js';
import { isFinal, statusOf } from './status.js';

// In bytes: what may wait between the service and the stream, and what the stream itself reads ahead.
const capacity = 1 << 20;
const highWaterMark = 1 << 20;

export class DownloadStream extends Readable {
  readonly #remote: Remote;
  readonly #download: SharedDownload;
  readonly #ranges: DownloadRange[];
  readonly #stops: (() => void)[] = [];
  #begun = false;
  // A start was sent and not refused.
  #started = false;
  #finalized = false;
  #pushed = 0;
  // The bytes that were pushed but not acknowledged yet, because the reader is behind.
  #untaken = 0;
  #question = 0;

  constructor(remote: Remote, download: SharedDownload, ranges: DownloadRange[]) {
    super({ highWaterMark });
    this.#remote = remote;
    this.#download = download;
    // A stream that resumed would lack the beginning.
    this.#ranges = ranges.length > 0 ? ranges : [{ offset: 0, length: null }];
  }

  override _read(): void {
    if (!this.#begun) {
      this.#begun = true;
      this.#begin().catch((error: unknown) => this.destroy(error as Error));
    } else if (this.#untaken > 0) {
      this.#take(this.#untaken);
      this.#untaken = 0;
    }
  }

  async #begin(): Promise<void> {
    this.#remote.checkOpen('stream');
    const { connection } = this.#remote;
    if (this.#download.streamed) {
      throw this.#refusal('The download is already being read as a stream.');
    }
    this.#download.streamed = true;
    this.#stops.push(() => {
      this.#download.streamed = false;
    });
    // Reading keeps the process alive; the service's writes and listeners do not.
    const alive = setTimeout(() => undefined, longestDelay);
    this.#stops.push(
      () => {
        clearTimeout(alive);
      },
      this.#remote.onClosing(() => this.destroy(closedError('stream'))),
    );
    await this.#checkNoPath();
    if (this.#isOver()) return;
    const sink = new Sink(connection, 'stream', { capacity }, ({ value }) => {
      this.#onData(value);
    });
    this.#stops.push(() => {
      sink.end();
    });
    await this.#remote.call('IDODownload::SetProperty', ...sink.setting);
    if (this.#isOver()) return;
    const lost = () =>
      this.destroy(refusal(0x80010108, 'The service was restarted before the stream ended.'));
    this.#stops.push(this.#remote.onRenewed(lost));
    await this.#start();
    if (!this.#isOver()) this.#follow();
  }

  async #start(): Promise<void> {
    this.#started = true;
    try {
      await this.#download.start(this.#remote, this.#ranges);
    } catch (error) {
      this.#started = mayHaveRun(error);
      throw error;
    }
  }

  #refusal(how: string): DosvcError {
    return refusal(this.#remote.connection.service.invalidState, how);
  }

  #isOver(): boolean {
    return this.destroyed;
  }

  // The service accepts one target only: a path or a stream.
  async #checkNoPath(): Promise<void> {
    const path = await this.#remote
      .call('IDODownload::GetProperty', downloadProperty.localPath)
      .catch((error: unknown) => {
        if (error instanceof DosvcError && error.names.includes('E_NOT_SET')) return null;
        throw error;
      });
    if (!path?.value) return;
    throw refusal(0x80d02019, 'A download that has a localPath cannot be streamed.');
  }

  #follow(): void {
    const leave = this.#download.feed.join({
      source: this.#remote,
      changed: (given) => {
        const { state, error, bytesTransferred } = statusOf(given);
        const advice = 'Discard what the stream delivered: the download is aborted.';
        const mismatch = state === 'transferred' ? this.#download.sizeErrorOf(given, advice) : null;
        if (mismatch !== null) {
          this.destroy(mismatch);
        } else if (state === 'transferred') {
          leave();
          this.#finish(bytesTransferred).catch((failure: unknown) =>
            this.destroy(failure as Error),
          );
        } else if (error !== null) {
          this.destroy(error);
        } else if (isFinal(state)) {
          const how = `The download was ${String(state)} before the stream ended.`;
          this.destroy(this.#refusal(how));
        }
      },
      lost: (error) => this.destroy(error),
    });
    this.#stops.push(leave);
  }

  // The service has written everything before it reports the download as transferred, so all of it was
  // pushed before this look arrived.
  async #finish(transferred: number): Promise<void> {
    if (this.#pushed !== transferred && !(await this.#hasSink())) {
      const how = 'Another process took over the stream and received part of the content.';
      throw this.#refusal(how);
    }
    await this.#remote.call('IDODownload::Finalize');
    this.#finalized = true;
    this.push(null);
  }

  // Content that the service decrypts may differ in size from what it transferred, so the byte count
  // alone proves nothing.
  async #hasSink(): Promise<boolean> {
    const sink = await this.#remote
      .call('IDODownload::GetProperty', downloadProperty.streamInterface)
      .catch(() => null);
    return sink?.value === 'ours';
  }

  #onData({ bytes, question }: SinkEvent<'stream'>['value']): void {
    if (this.destroyed) return;
    this.#question = question;
    this.#pushed += bytes.length;
    if (this.push(bytes)) this.#take(bytes.length);
    else this.#untaken += bytes.length;
  }

  #take(count: number): void {
    binding().answer(this.#question, count);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Abort the download before the service's writes fail. The reader does not depend on the answer.
    if (this.#started && !this.#finalized && this.#remote.open) {
      this.#remote.callAtOnce('IDODownload::Abort').catch(() => undefined);
    }
    for (const stop of this.#stops) stop();
    done(error);
  }
}
