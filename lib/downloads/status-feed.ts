// SPDX-License-Identifier: MIT
//
// What is told of one download's status: one callback object and one slow poll for everybody who
// listens, whichever of the download's objects they listen on, because the service keeps only the
// last callback that was set. A callback brings its status along, and it may come twice, late or
// never: so it is believed about more bytes in the state that was seen; everything else is looked at,
// and the poll looks anyway.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import { DosvcError, isGone } from '../errors.js';
import { downloadState, literalOf } from '../generated/enums.js';
import { tellSafely } from '../listeners.js';
import type { Remote } from '../remote.js';
import type { SharedDownload } from './shared-download.js';
import { Sink } from './sink.js';
import { isFinal, isSame, isSameState } from './status.js';

/** Somebody who listens. */
export interface StatusListener {
  remote: Remote;
  /** Milliseconds between two looks. */
  poll: number;
  /** The status of the moment, and then each change of it. */
  status: (status: BoundaryStatus) => void;
  /** The service refuses to call back; the poll goes on. */
  refused: (error: DosvcError) => void;
  /** The download cannot be read any more. */
  lost: (error: DosvcError) => void;
}

interface Entry extends StatusListener {
  last?: BoundaryStatus;
  /** The refusal that it was told of. */
  warned?: DosvcError;
  leave: () => void;
}

// The longest delay between two looks while they fail.
const longestSearch = 2000;

const feeds = new Map<string, StatusFeed>();

export class StatusFeed {
  readonly #download: SharedDownload;
  readonly #entries = new Set<Entry>();
  #sink: Sink | undefined;
  #refused: DosvcError | undefined;
  #last: BoundaryStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  // A look was asked for while one was on its way.
  #again = false;
  #callbacks = 0;
  // The looks that failed one after the other.
  #failing: { since: number; looks: number } | undefined;
  #lost: string | undefined;

  private constructor(download: SharedDownload) {
    this.#download = download;
  }

  /** Begins to tell; the returned function ends it. The status of this moment is told first. */
  static join(download: SharedDownload, listener: StatusListener): () => void {
    listener.remote.checkOpen('subscribe');
    const feed = feeds.get(download.key) ?? new StatusFeed(download);
    return feed.#join(listener);
  }

  #join(listener: StatusListener): () => void {
    const { remote } = listener;
    const stops = [
      remote.onRenewed(() => {
        this.#hook(remote);
        void this.#look();
      }),
      // As long as the callback can be taken back.
      remote.onClosing(() => {
        entry.leave();
      }),
    ];
    const entry: Entry = {
      ...listener,
      leave: () => {
        if (!this.#entries.delete(entry)) return;
        for (const stop of stops) stop();
        this.#afterLeaving(remote);
      },
    };
    this.#entries.add(entry);
    feeds.set(this.#download.key, this);
    if (this.#sink === undefined) this.#hook(remote);
    this.#lost = undefined;
    void this.#look();
    return entry.leave;
  }

  #afterLeaving(remote: Remote): void {
    const [next] = this.#entries;
    if (next === undefined) {
      feeds.delete(this.#download.key);
      clearTimeout(this.#timer);
      this.#unhook(remote);
    } else if (next.remote.connection !== this.#sink?.connection && !this.#holdsSink()) {
      this.#sink?.end();
      this.#sink = undefined;
      this.#hook(next.remote);
      void this.#look();
    } else {
      this.#plan();
    }
  }

  #holdsSink(): boolean {
    return [...this.#entries].some(({ remote }) => remote.connection === this.#sink?.connection);
  }

  // Queued on the download's own queue, before any later call on it and the look that follows. Where
  // the service refuses, the poll carries what is told.
  #hook(remote: Remote): void {
    this.#sink ??= new Sink(remote.connection, 'status', null, ({ value }) => {
      this.#onCallback(value as unknown as BoundaryStatus);
    });
    this.#refused = undefined;
    remote.callAside('IDODownload::SetProperty', ...this.#sink.set).catch((error: unknown) => {
      // Of a service that went away the look says so.
      if (!(error instanceof DosvcError) || isGone(error.hresult) || !remote.open) return;
      this.#refused = error;
    });
  }

  // Somebody else's callback may have taken its place. Then that one is lost, and its owner lives on
  // a poll, as everybody may have to: asking first would leave a gap all the same.
  #unhook(remote: Remote): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    this.#sink = undefined;
    sink.mute();
    if (!remote.open || this.#isOver) {
      sink.end();
      return;
    }
    remote
      .callAside('IDODownload::SetProperty', ...sink.clear)
      .catch(() => undefined)
      .finally(() => {
        sink.end();
      });
  }

  #onCallback(status: BoundaryStatus): void {
    this.#callbacks += 1;
    if (this.#goesOn(status)) this.#tell(status, { toAll: false });
    else void this.#look();
  }

  // Whether nothing changed since but that more bytes came.
  #goesOn(status: BoundaryStatus): boolean {
    const last = this.#last;
    return isSameState(last, status) && status.bytesTransferred >= (last?.bytesTransferred ?? 0);
  }

  async #look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    const remote = [...this.#entries].find((entry) => entry.remote.open)?.remote;
    if (remote === undefined) return;
    clearTimeout(this.#timer);
    this.#looking = true;
    this.#again = false;
    const before = this.#callbacks;
    const status = await remote.callAside('IDODownload::GetStatus').catch((error: unknown) => {
      this.#lose(remote, error);
      return undefined;
    });
    if (status !== undefined) {
      this.#failing = undefined;
      this.#lost = undefined;
      // A callback may have told of more bytes meanwhile.
      const overtaken = before !== this.#callbacks && isSameState(this.#last, status);
      if (!overtaken || this.#goesOn(status)) this.#tell(status, { toAll: true });
      else this.#again = true;
    }
    this.#warn();
    this.#looking = false;
    if (this.#again) void this.#look();
    else this.#plan();
  }

  // Whoever is new waits for a look.
  #tell(status: BoundaryStatus, { toAll }: { toAll: boolean }): void {
    this.#last = status;
    this.#download.saw(status.state);
    for (const entry of [...this.#entries]) {
      if (entry.last === undefined ? !toAll : isSame(entry.last, status)) continue;
      entry.last = status;
      tellSafely(() => {
        entry.status(status);
      });
    }
  }

  // What has ended takes no callback, and needs none.
  #warn(): void {
    const refused = this.#refused;
    if (refused === undefined || this.#isOver) return;
    for (const entry of [...this.#entries]) {
      if (entry.warned === refused) continue;
      entry.warned = refused;
      tellSafely(() => {
        entry.refused(refused);
      });
    }
  }

  // One look that fails is nothing yet, and a service that went away comes back, as a rule: what is
  // the matter is told only where it lasts.
  #lose(remote: Remote, error: unknown): void {
    if (!remote.open || !(error instanceof DosvcError) || error.hresult === undefined) return;
    const now = performance.now();
    const { since, looks } = this.#failing ?? { since: now, looks: 0 };
    this.#failing = { since, looks: looks + 1 };
    const lasts = isGone(error.hresult) ? now - since >= remote.patience : looks > 0;
    if (!lasts && error.code !== 'DO_E_NO_DOWNLOADS') return;
    if (this.#lost === error.code) return;
    this.#lost = error.code;
    for (const entry of [...this.#entries]) {
      tellSafely(() => {
        entry.lost(error);
      });
    }
  }

  get #isOver(): boolean {
    return this.#last !== undefined && isFinal(literalOf(downloadState, this.#last.state));
  }

  // A final state stays, and so does what is not there.
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#entries.size === 0) return;
    if (this.#isOver) return;
    if (this.#lost === 'DO_E_NO_DOWNLOADS') return;
    let poll = Math.min(...[...this.#entries].map((entry) => entry.poll));
    if (this.#failing !== undefined) poll = Math.min(poll, longestSearch);
    this.#timer = setTimeout(() => void this.#look(), poll).unref();
  }
}
