// SPDX-License-Identifier: MIT
//
// Stands in for the download() of an updater's executor, and gives a call back to it wherever the services
// are not the way.

import { downloadByService, isFinal, type Course } from './by-service.js';
import type { Log } from './log.js';
import { hashOf } from './place.js';
import { ownProxy } from './proxy.js';
import { Running } from './running.js';
import { faultOfCall, type DownloadCall, type Executor } from './surface.js';

export class Hook {
  readonly #course: Course;
  readonly #log: Log;
  readonly #executor: Executor;
  /** The executor's own property; undefined if its class has the method. */
  readonly #before: PropertyDescriptor | undefined;
  readonly #theirs: Executor['download'];
  readonly #running = new Set<Running>();
  #isOver = false;

  constructor(course: Course, log: Log) {
    this.#course = course;
    this.#log = log;
    this.#executor = course.updater.httpExecutor;
    this.#before = Object.getOwnPropertyDescriptor(this.#executor, 'download');
    this.#theirs = this.#executor.download;
    this.#executor.download = this.#download;
  }

  /** Puts back what was there, unless something else was put there since. */
  remove(): void {
    this.#isOver = true;
    if (this.#executor.download !== this.#download) return;
    if (this.#before === undefined) Reflect.deleteProperty(this.#executor, 'download');
    else Object.defineProperty(this.#executor, 'download', this.#before);
  }

  /** Ends what the services are downloading. Resolves when nothing of it remains. */
  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#running, (one) => one.stop()));
  }

  readonly #download = async (...call: DownloadCall): Promise<string> => {
    const [, destination, options] = call;
    if (!this.#isOver && this.#isUnderstood(call)) {
      const one = new Running(options.cancellationToken);
      this.#running.add(one);
      try {
        if (await this.#tryServices(call, one.signal)) return destination;
      } finally {
        one.end();
        this.#running.delete(one);
      }
    }
    return this.#theirs.apply(this.#executor, call);
  };

  /** Returns whether the file is where the updater wants it; if not, the updater downloads it. */
  async #tryServices(call: DownloadCall, signal: AbortSignal): Promise<boolean> {
    const [url, , { cancellationToken: token }] = call;
    try {
      if (!(await this.#isForServices(call))) return false;
      signal.throwIfAborted();
      const { route, bytes } = await downloadByService(this.#course, call, signal);
      this.#log.info(`${String(bytes)} bytes from ${url.host} by ${route}`);
      return true;
    } catch (error) {
      // Only by an error of its own does the updater recognize a cancellation.
      if (token.cancelled) await token.createPromise(() => undefined);
      if (isFinal(error)) throw error;
      const why = signal.aborted ? 'it was detached' : (error as Error).message;
      this.#log.warn(`electron-updater continues by itself: ${why}`);
      return false;
    }
  }

  #isUnderstood(call: DownloadCall): boolean {
    const fault = faultOfCall(...call);
    if (fault !== undefined) this.#leave(fault);
    return fault === undefined;
  }

  async #isForServices([url, , options]: DownloadCall): Promise<boolean> {
    const { library, updater } = this.#course;
    if (hashOf(options) === undefined) {
      this.#leave('its feed gives no sha512');
      return false;
    }
    const proxy = await ownProxy(updater, url.href, () => library.diagnose());
    if (proxy !== undefined) {
      this.#leave(`its session uses the proxy ${proxy}, which Windows does not`);
    }
    return proxy === undefined;
  }

  #leave(reason: string): void {
    this.#log.once(`a download is left to electron-updater, because ${reason}.`);
  }
}
