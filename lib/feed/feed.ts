// SPDX-License-Identifier: MIT
//
// Decides what the listeners of one job or download hear. They share one callback object and one poll,
// no matter on which of its objects they listen, because a service keeps only the last callback that
// was set. Callbacks may arrive twice, late or never. A look that one carries is trusted if it was read
// in order with the others, and otherwise only if it reports further progress; everything else is read
// from the service, and the poll reads it anyway. A look from before a start tells nothing.

import { isGone, isUnknown } from '../codes.js';
import { DosvcError } from '../errors.js';
import { callListener } from '../listeners.js';
import type { FeedListener } from './feed-listener.js';
import type { Callback, Source, Subject } from './subject.js';
import { Trouble } from './trouble.js';

interface Entry<Look extends object, From extends Source> extends FeedListener<Look, From> {
  last?: Look;
  /** A look that arrived before the listener's first look. */
  early?: Look;
  trouble: Trouble;
  /** The refusals already reported to the listener. */
  warned: Set<DosvcError>;
  leave: () => void;
}

// In milliseconds: the first delay between two looks while the service is gone or has yet to carry out a
// start, and the longest delay while looks fail.
const firstSearch = 50;
const longestSearch = 2000;

export class Feed<Look extends object, From extends Source> {
  readonly #subject: Subject<Look, From>;
  readonly #entries = new Set<Entry<Look, From>>();
  // Unregisters the feed from the renewals of each source.
  readonly #renewals = new Map<From, () => void>();
  #callback: Callback<From> | undefined;
  #refusals: readonly DosvcError[] = [];
  #last: Look | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  // The listeners that the look in progress serves, and the number of calls made before it.
  #asking = { since: 0, all: new Set<Entry<Look, From>>() };
  // A look was requested while one was in progress.
  #again = false;
  #callbacks = 0;
  // The longest delay until the next look; undefined while looks succeed and are news.
  #search: number | undefined;
  #missing = false;

  constructor(subject: Subject<Look, From>) {
    this.#subject = subject;
  }

  /** Looks again, because this environment may have changed the state. */
  refresh(): void {
    if (!this.#isOver) void this.#look();
  }

  /** Adds a listener. Returns what removes it. */
  join(listener: FeedListener<Look, From>): () => void {
    const { source } = listener;
    source.checkOpen('subscribe');
    const stop = source.onClosing(() => {
      entry.leave();
    });
    const entry: Entry<Look, From> = {
      ...listener,
      trouble: new Trouble(),
      warned: new Set(),
      leave: () => {
        if (!this.#entries.delete(entry)) return;
        this.#asking.all.delete(entry);
        stop();
        this.#afterLeaving(source);
      },
    };
    this.#entries.add(entry);
    if (!this.#renewals.has(source)) {
      const stop = source.onRenewed(() => {
        this.#hook(source, true);
        void this.#look();
      });
      this.#renewals.set(source, stop);
    }
    if (this.#callback === undefined) this.#hook(source, false);
    else this.#note(source, this.#callback.widen?.(source, listener.wants?.() ?? 0));
    // If no call was made since the look in progress began, that look serves this listener as well.
    if (this.#looking && source.calls === this.#asking.since) this.#asking.all.add(entry);
    else void this.#look();
    return entry.leave;
  }

  #afterLeaving(source: From): void {
    if (![...this.#entries].some((entry) => entry.source === source)) {
      this.#renewals.get(source)?.();
      this.#renewals.delete(source);
    }
    const [next] = this.#entries;
    if (next === undefined) {
      clearTimeout(this.#timer);
      this.#unhook(source);
    } else if (!this.#holdsCallback()) {
      this.#callback?.end();
      this.#callback = undefined;
      this.#hook(next.source, false);
      void this.#look();
    } else {
      this.#plan();
    }
  }

  #holdsCallback(): boolean {
    const connection = this.#callback?.connection;
    return (
      connection === undefined ||
      [...this.#entries].some(({ source }) => source.connection === connection)
    );
  }

  // Queued on the strand, before the look that follows and any later call on the job or download.
  #hook(source: From, renewed: boolean): void {
    this.#callback ??= this.#subject.callback(source, (look) => {
      this.#called(look);
    });
    this.#refusals = [];
    const wants = [...this.#entries].reduce((all, entry) => all | (entry.wants?.() ?? 0), 0);
    this.#note(source, this.#callback.set(source, wants, renewed));
  }

  // A service that has stopped is not a refusal: the look reports it.
  #note(source: From, refusals: Promise<readonly DosvcError[]> | undefined): void {
    refusals
      ?.then((refused) => {
        if (!source.open) return;
        const real = refused.filter(({ hresult }) => !isGone(hresult));
        this.#refusals = [...this.#refusals, ...real];
      })
      .catch(() => undefined);
  }

  // Another process may have replaced our callback with its own. This clears that one, too, and leaves
  // its owner to a poll. Asking first would not help: ours may be replaced in between.
  #unhook(source: From): void {
    const callback = this.#callback;
    if (callback === undefined) return;
    this.#callback = undefined;
    callback.mute();
    if (callback.clear === undefined || !source.open || this.#isOver) {
      callback.end();
      return;
    }
    callback
      .clear(source)
      .catch(() => undefined)
      .finally(() => {
        callback.end();
      });
  }

  #called(look: Look | undefined): void {
    if (look !== undefined && this.#subject.isOutdated(look)) {
      this.#withhold(look);
      return;
    }
    this.#callbacks += 1;
    if (look !== undefined && this.#isBelieved(look)) this.#tell(look, new Set());
    else void this.#look();
  }

  #isBelieved(look: Look): boolean {
    if (this.#subject.inOrder === true) return true;
    if (this.#last === undefined) return false;
    const change = this.#subject.change(this.#last, look);
    return change === 'none' || change === 'progress';
  }

  async #look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    const source = [...this.#entries].find((entry) => entry.source.open)?.source;
    if (source === undefined) return;
    clearTimeout(this.#timer);
    this.#looking = true;
    this.#again = false;
    const before = this.#callbacks;
    const asking = { since: source.calls, all: new Set(this.#entries) };
    this.#asking = asking;
    const look = await this.#subject.look(source).catch((error: unknown) => {
      this.#lose(source, error);
      return undefined;
    });
    if (look !== undefined) {
      const outdated = this.#subject.isOutdated(look);
      this.#search = outdated ? this.#nextSearch() : undefined;
      this.#missing = false;
      for (const { trouble, found } of this.#entries) {
        trouble.end();
        callListener(found);
      }
      // A callback may have reported further progress in the meantime.
      if (outdated) this.#withhold(look);
      else if (before !== this.#callbacks && this.#isBehind(look)) this.#again = true;
      else this.#tell(look, asking.all);
      this.#warn();
    }
    this.#looking = false;
    if (this.#again) void this.#look();
    else this.#plan();
  }

  #isBehind(look: Look): boolean {
    return this.#last !== undefined && this.#subject.change(this.#last, look) === 'regress';
  }

  // A new listener waits for a look that was requested after it joined: an earlier look may show the
  // state from before a call that the caller made, such as a start.
  #tell(look: Look, asking: ReadonlySet<Entry<Look, From>>): void {
    this.#last = look;
    for (const entry of this.#present()) {
      const { last } = entry;
      const merged = this.#merged(entry, look);
      if (last === undefined && !asking.has(entry)) {
        entry.early = merged;
      } else if (last === undefined || this.#subject.change(last, look) !== 'none') {
        entry.last = look;
        delete entry.early;
        callListener(entry.changed, merged, last);
      }
    }
  }

  // What a later look lacks of it is told with that.
  #withhold(look: Look): void {
    for (const entry of this.#present()) {
      entry.early = this.#merged(entry, look);
      callListener(entry.withheld, look);
    }
  }

  #merged({ early }: Entry<Look, From>, look: Look): Look {
    return early === undefined ? look : (this.#subject.merge?.(early, look) ?? look);
  }

  // A job or download that has ended accepts no callback and needs none.
  #warn(): void {
    if (this.#isOver) return;
    for (const entry of this.#present()) {
      for (const refused of this.#refusals) {
        if (entry.warned.has(refused) || !this.#entries.has(entry)) continue;
        entry.warned.add(refused);
        callListener(entry.refused, refused);
      }
    }
  }

  #lose(source: From, error: unknown): void {
    if (!source.open || !(error instanceof DosvcError) || error.hresult === undefined) return;
    this.#search = isGone(error.hresult) ? this.#nextSearch() : longestSearch;
    this.#missing = isUnknown(error.hresult);
    for (const entry of this.#present()) {
      callListener(entry.failed, error);
      if (entry.trouble.failed(error, entry.source, this.#missing)) callListener(entry.lost, error);
    }
  }

  #nextSearch(): number {
    return Math.min((this.#search ?? firstSearch / 2) * 2, longestSearch);
  }

  // Those that listen now, without any that leaves as another one hears.
  *#present(): Iterable<Entry<Look, From>> {
    for (const entry of [...this.#entries]) if (this.#entries.has(entry)) yield entry;
  }

  get #isOver(): boolean {
    return this.#last !== undefined && this.#subject.isFinal(this.#last);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#entries.size === 0 || this.#isOver || this.#missing) return;
    const polls = [...this.#entries].map(
      (entry) => entry.poll ?? entry.source.connection.pollInterval,
    );
    const poll = Math.min(...polls, this.#search ?? Infinity);
    this.#timer = setTimeout(() => void this.#look(), poll).unref();
  }
}
