// SPDX-License-Identifier: MIT
//
// What is told of one download's status: one callback object and one slow poll for everybody who
// listens, whichever of the download's objects they listen on, because the service keeps only the
// last callback that was set. A callback brings its status along, and it may come twice, late or
// never: so it is believed about more bytes in the state that was seen; everything else is looked at,
// and the poll looks anyway.

import type { DownloadStatus as BoundaryStatus } from '../../typings/rows.js';
import type { Connection } from '../connection.js';
import { DosvcError, isGone } from '../errors.js';
import { downloadState, literalOf } from '../generated/enums.js';
import type { Remote } from '../remote.js';
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
  leave: () => void;
}

// The longest delay between two looks for a service that went away.
const longestSearch = 2000;

const feeds = new Map<string, StatusFeed>();

export class StatusFeed {
  readonly #key: string;
  readonly #entries = new Set<Entry>();
  #sink: Sink | undefined;
  #refused: DosvcError | undefined;
  #last: BoundaryStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  // A look was asked for while one was on its way.
  #again = false;
  #callbacks = 0;
  #goneSince: number | undefined;
  #lost: string | undefined;

  private constructor(key: string) {
    this.#key = key;
  }

  /** Begins to tell; the returned function ends it. The status of this moment is told first. */
  static join(id: string, listener: StatusListener): () => void {
    const key = `${listener.remote.connection.service.clsid} ${id}`;
    const feed = feeds.get(key) ?? new StatusFeed(key);
    return feed.#join(listener);
  }

  /** Whoever listens through a connection leaves, as long as the callback can be taken back. */
  static leave(connection: Connection): void {
    for (const feed of feeds.values()) {
      for (const entry of feed.#entries) {
        if (entry.remote.connection === connection) entry.leave();
      }
    }
  }

  #join(listener: StatusListener): () => void {
    const renewed = listener.remote.onRenewed(() => {
      this.#hook(listener.remote);
      void this.#look();
    });
    const entry: Entry = {
      ...listener,
      leave: () => {
        if (!this.#entries.delete(entry)) return;
        renewed();
        this.#afterLeaving(listener.remote);
      },
    };
    this.#entries.add(entry);
    feeds.set(this.#key, this);
    if (this.#sink === undefined) this.#hook(listener.remote);
    else if (this.#refused !== undefined) listener.refused(this.#refused);
    this.#lost = undefined;
    void this.#look();
    return entry.leave;
  }

  #afterLeaving(remote: Remote): void {
    const [next] = this.#entries;
    if (next === undefined) {
      feeds.delete(this.#key);
      clearTimeout(this.#timer);
      this.#unhook(remote);
    } else if (next.remote.connection !== this.#sink?.connection && !this.#holdsSink()) {
      this.#sink?.end();
      this.#sink = undefined;
      this.#hook(next.remote);
    } else {
      this.#plan();
    }
  }

  #holdsSink(): boolean {
    return [...this.#entries].some(({ remote }) => remote.connection === this.#sink?.connection);
  }

  // Queued on the download's own queue, before any later call on it. Where the service refuses, the
  // poll carries what is told.
  #hook(remote: Remote): void {
    this.#sink ??= new Sink(remote.connection, 'status', null, ({ value }) => {
      this.#onCallback(value as unknown as BoundaryStatus);
    });
    this.#refused = undefined;
    remote.callAside('IDODownload::SetProperty', ...this.#sink.set).catch((error: unknown) => {
      // Of a service that went away the look says so.
      if (!(error instanceof DosvcError) || isGone(error.hresult) || !remote.open) return;
      this.#refused = error;
      for (const entry of this.#entries) entry.refused(error);
    });
  }

  // Somebody else's callback may have taken its place. Then that one is lost, and its owner lives on
  // a poll, as everybody may have to: asking first would leave a gap all the same.
  #unhook(remote: Remote): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    this.#sink = undefined;
    sink.mute();
    const last = this.#last && literalOf(downloadState, this.#last.state);
    if (!remote.open || (last !== undefined && isFinal(last))) {
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
    try {
      const status = await remote.callAside('IDODownload::GetStatus');
      this.#goneSince = undefined;
      this.#lost = undefined;
      // A callback may have told of more bytes meanwhile.
      const overtaken = before !== this.#callbacks && isSameState(this.#last, status);
      if (!overtaken || this.#goesOn(status)) this.#tell(status, { toAll: true });
      else this.#again = true;
    } catch (error) {
      this.#lose(remote, error);
    } finally {
      this.#looking = false;
    }
    if (this.#again) void this.#look();
    else this.#plan();
  }

  // Whoever is new waits for a look.
  #tell(status: BoundaryStatus, { toAll }: { toAll: boolean }): void {
    this.#last = status;
    for (const entry of [...this.#entries]) {
      if (entry.last === undefined ? !toAll : isSame(entry.last, status)) continue;
      entry.last = status;
      entry.status(status);
    }
  }

  // A service that went away comes back, as a rule: it is told only where it lasts.
  #lose(remote: Remote, error: unknown): void {
    if (!remote.open || !(error instanceof DosvcError) || error.hresult === undefined) return;
    if (isGone(error.hresult)) {
      this.#goneSince ??= performance.now();
      if (performance.now() - this.#goneSince < remote.patience) return;
    }
    if (this.#lost === error.code) return;
    this.#lost = error.code;
    for (const entry of [...this.#entries]) entry.lost(error);
  }

  // A final state stays, and so does what is not there.
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#entries.size === 0) return;
    if (this.#last !== undefined && isFinal(literalOf(downloadState, this.#last.state))) return;
    if (this.#lost === 'DO_E_NO_DOWNLOADS') return;
    let poll = Math.min(...[...this.#entries].map((entry) => entry.poll));
    if (this.#goneSince !== undefined) poll = Math.min(poll, longestSearch);
    this.#timer = setTimeout(() => void this.#look(), poll).unref();
  }
}
