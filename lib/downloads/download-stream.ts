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
import { Sink } from './sink.js';
import { isFinal, statusOf } from './status.js';
import { StatusFeed } from './status-feed.js';

// What may lie between the service and the reader; and in the stream itself, read ahead.
const capacity = 1 << 20;
const highWaterMark = 1 << 20;

// A download has one sink at a time.
const streaming = new WeakSet<Remote>();

export class DownloadStream extends Readable {
  readonly #remote: Remote;
  readonly #id: string;
  readonly #ranges: DownloadRange[];
  readonly #stops: (() => void)[] = [];
  #begun = false;
  #started = false;
  #finalized = false;
  // What was pushed and not answered for, since the reader is behind.
  #untaken = 0;
  #question = 0;

  constructor(remote: Remote, id: string, ranges: DownloadRange[]) {
    super({ highWaterMark });
    this.#remote = remote;
    this.#id = id;
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
    const { connection } = this.#remote;
    if (streaming.has(this.#remote)) throw refusal(connection.service.invalidState);
    streaming.add(this.#remote);
    this.#stops.push(() => streaming.delete(this.#remote));
    // Reading keeps the process alive; neither the service's writes nor a listener does.
    const alive = setTimeout(() => undefined, longestDelay);
    this.#stops.push(
      () => {
        clearTimeout(alive);
      },
      connection.onClose(() => this.destroy(closedError('stream'))),
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
    this.#started = true;
    this.#stops.push(this.#remote.onRenewed(() => this.destroy(interrupted())));
    await this.#remote.call('IDODownload::Start', this.#ranges);
    if (!this.#isOver()) this.#follow();
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
    const leave = StatusFeed.join(this.#id, {
      remote: this.#remote,
      poll: this.#remote.connection.pollInterval,
      status: (given) => {
        const { state, error } = statusOf(given);
        if (state === 'transferred') {
          leave();
          this.#finish().catch((failure: unknown) => this.destroy(failure as Error));
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
  async #finish(): Promise<void> {
    await this.#remote.call('IDODownload::Finalize');
    this.#finalized = true;
    this.push(null);
  }

  #onData({ bytes, question }: { bytes: Buffer; question: number }): void {
    if (this.destroyed) return;
    this.#question = question;
    if (this.push(bytes)) this.#take(bytes.length);
    else this.#untaken += bytes.length;
  }

  #take(count: number): void {
    binding().answer(this.#question, count);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    for (const stop of this.#stops) stop();
    // The service is told; whether it answers changes nothing for the reader.
    if (this.#started && !this.#finalized && this.#remote.open) {
      this.#remote.callAtOnce('IDODownload::Abort').catch(() => undefined);
    }
    done(error);
  }
}

function refusal(hresult: number, beginning = 'The download is a stream already.'): DosvcError {
  const { words, ...named } = describe(hresult);
  return new DosvcError(`${beginning} ${words}`, named);
}

function interrupted(): DosvcError {
  return refusal(0x80010108, 'The service was restarted in the middle of the stream.');
}
