// SPDX-License-Identifier: MIT
//
// A download as a Node stream. The service writes into our IStream, on a thread of its own that waits
// while nobody reads; so nothing but a bounded part of the content is ever in memory.

import { Readable } from 'node:stream';
import type { DownloadRange } from '../../typings/rows.js';
import { binding } from '../binding.js';
import { longestDelay } from '../connection.js';
import { closedError, describe, DosvcError } from '../errors.js';
import { downloadProperty } from '../generated/enums.js';
import type { Remote } from '../remote.js';
import { mayHaveRun, type SharedDownload } from './shared-download.js';
import { Sink } from './sink.js';
import { isFinal, statusOf } from './status.js';
import { StatusFeed } from './status-feed.js';

// What may lie between the service and the reader; and in the stream itself, read ahead.
const capacity = 1 << 20;
const highWaterMark = 1 << 20;

export class DownloadStream extends Readable {
  readonly #remote: Remote;
  readonly #download: SharedDownload;
  readonly #ranges: DownloadRange[];
  readonly #stops: (() => void)[] = [];
  #begun = false;
  // A start was sent, and not refused.
  #started = false;
  #finalized = false;
  #pushed = 0;
  // What was pushed and not answered for, since the reader is behind.
  #untaken = 0;
  #question = 0;

  constructor(remote: Remote, download: SharedDownload, ranges: DownloadRange[]) {
    super({ highWaterMark });
    this.#remote = remote;
    this.#download = download;
    this.#ranges = ranges;
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
    if (this.#download.streamed) throw refusal(connection.service.invalidState);
    this.#download.streamed = true;
    this.#stops.push(() => {
      this.#download.streamed = false;
    });
    // Reading keeps the process alive; neither the service's writes nor a listener does.
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
      this.#onData(value as unknown as { bytes: Buffer; question: number });
    });
    this.#stops.push(() => {
      sink.end();
    });
    await this.#remote.call('IDODownload::SetProperty', ...sink.set);
    if (this.#isOver()) return;
    this.#stops.push(this.#remote.onRenewed(() => this.destroy(interrupted())));
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

  #isOver(): boolean {
    return this.destroyed;
  }

  // The service takes one sink only.
  async #checkNoPath(): Promise<void> {
    const path = await this.#remote
      .call('IDODownload::GetProperty', downloadProperty.localPath)
      .catch((error: unknown) => {
        if (error instanceof DosvcError && error.names.includes('E_NOT_SET')) return null;
        throw error;
      });
    if (!path?.value) return;
    throw refusal(0x80d02019, 'A download with a localPath is no stream.');
  }

  #follow(): void {
    const leave = StatusFeed.join(this.#download, {
      remote: this.#remote,
      poll: this.#remote.connection.pollInterval,
      status: (given) => {
        const { state, error, bytesTransferred } = statusOf(given);
        if (state === 'transferred') {
          leave();
          this.#finish(bytesTransferred).catch((failure: unknown) =>
            this.destroy(failure as Error),
          );
        } else if (error !== null) {
          this.destroy(error);
        } else if (isFinal(state)) {
          const how = `The download was ${String(state)} in the middle of the stream.`;
          this.destroy(refusal(this.#remote.connection.service.invalidState, how));
        }
      },
      // The poll goes on.
      refused: () => undefined,
      lost: (error) => this.destroy(error),
    });
    this.#stops.push(leave);
  }

  // Everything was written, and so pushed, before the download was seen to be transferred.
  async #finish(transferred: number): Promise<void> {
    if (this.#pushed !== transferred && !(await this.#hasSink())) {
      const how = 'Another process took the stream over: a part of the content went there.';
      throw refusal(this.#remote.connection.service.invalidState, how);
    }
    await this.#remote.call('IDODownload::Finalize');
    this.#finalized = true;
    this.push(null);
  }

  // Content that the service decrypts may have another size than what it transferred: so the count
  // alone says nothing.
  async #hasSink(): Promise<boolean> {
    const sink = await this.#remote
      .call('IDODownload::GetProperty', downloadProperty.streamInterface)
      .catch(() => null);
    return sink?.value === 'ours';
  }

  #onData({ bytes, question }: { bytes: Buffer; question: number }): void {
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
    // The service is told, before its writes fail; whether it answers changes nothing for the reader.
    if (this.#started && !this.#finalized && this.#remote.open) {
      this.#remote.callAtOnce('IDODownload::Abort').catch(() => undefined);
    }
    for (const stop of this.#stops) stop();
    done(error);
  }
}

/** A failure of our own, by a code of the service's. */
export function refusal(
  hresult: number,
  beginning = 'The download is a stream already.',
): DosvcError {
  const { words, ...named } = describe(hresult);
  return new DosvcError(`${beginning} ${words}`, named);
}

function interrupted(): DosvcError {
  return refusal(0x80010108, 'The service was restarted in the middle of the stream.');
}
