// SPDX-License-Identifier: MIT
//
// Iterates over what a watch collects, for wait() and watch().

import { checkOptions } from '../arguments.js';
import type { Remote } from '../remote/remote.js';
import { framesBelow, showFrames } from '../caller.js';
import type { FeedListener } from './feed-listener.js';
import type { Feed } from './feed.js';
import { Watch, type WaitOptions } from './watch.js';

const waitOptions = ['signal', 'timeout', 'stallTimeout'] as const;

/**
 * Iterates over the news of a feed.
 *
 * @param hear Returns what passes the looks of the feed on to the watch.
 */
export function watchFeed<T, Look extends object>(
  remote: Remote,
  { what, feed }: { what: string; feed: Feed<Look, Remote> },
  options: WaitOptions | undefined,
  hear: (watch: Watch<T>) => Pick<FeedListener<Look, Remote>, 'changed' | 'wants'>,
): AsyncGenerator<T, void, undefined> {
  const frames = framesBelow(watchFeed);
  return new Watching(frames, () => {
    const watch = new Watch<T>(remote, what, checkOptions('options', options, waitOptions));
    const reads: Partial<FeedListener<Look, Remote>> = {
      failed: (error) => {
        watch.read(error);
      },
      found: () => {
        watch.read();
      },
      lost: (error) => {
        watch.finish(error);
      },
    };
    watch.onStop(feed.join({ source: remote, poll: watch.poll, ...reads, ...hear(watch) }));
    return watch;
  });
}

const noStep = () => undefined;

/**
 * Iterates over the values of a watch until its end. The first step begins the watch. This is not an
 * async generator function, because the return() of one would wait for the step in progress.
 */
class Watching<T> implements AsyncGenerator<T, void, undefined> {
  readonly #frames: string;
  readonly #begin: () => Watch<T>;
  #watch: Watch<T> | undefined;
  #over = false;
  // The step in progress.
  #last: Promise<void> | undefined;

  /** @param frames Those of the caller. */
  constructor(frames: string, begin: () => Watch<T>) {
    this.#frames = frames;
    this.#begin = begin;
  }

  // The first step subscribes at once, before any later call on the object.
  next(): Promise<IteratorResult<T, void>> {
    const step = this.#last === undefined ? this.#step() : this.#last.then(() => this.#step());
    const last = step.then(noStep, noStep).then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
    return step;
  }

  return(): Promise<IteratorResult<T, void>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<T, void>> {
    this.#end();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own
    return Promise.reject(error);
  }

  async #step(): Promise<IteratorResult<T, void>> {
    try {
      while (!this.#over) {
        this.#watch ??= this.#begin();
        const news = this.#watch.take();
        if (news !== undefined) return { done: false, value: news };
        if (this.#watch.ended) break;
        await this.#watch.changed();
      }
    } catch (error) {
      this.#end();
      showFrames(error, this.#frames);
      throw error;
    }
    this.#end();
    return { done: true, value: undefined };
  }

  #end(): void {
    this.#over = true;
    this.#watch?.stop();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
