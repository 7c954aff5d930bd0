// SPDX-License-Identifier: MIT
// A transfer without a service, which shows what a feed asks for and what its listeners hear.

import { test, vi } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { Feed } from '../../../lib/feed/feed.js';
import type { Source, Subject } from '../../../lib/feed/subject.js';

export interface Look {
  state: 'running' | 'paused' | 'over';
  bytes: number;
  /** Something that every listener has to learn. */
  noted?: string;
  /** It shows the transfer as it was before a start. */
  outdated?: true;
}

/** Milliseconds. */
export const poll = 2000;
export const unavailable = 0x800706ba; // RPC_S_SERVER_UNAVAILABLE

export function failure(code: string, hresult: number): DosvcError {
  return new DosvcError(code, { code, hresult });
}

export class ToySource implements Source {
  open = true;
  answered = -Infinity;
  calls = 0;
  readonly renewed = new Set<() => void>();
  readonly closing = new Set<() => void>();

  readonly connection: { pollInterval: number };
  readonly patience: number;

  constructor(connection = { pollInterval: poll }, patience = 10_000) {
    this.connection = connection;
    this.patience = patience;
  }

  checkOpen(): void {
    if (!this.open) throw failure('ERR_DOSVC_CLOSED', 0);
  }

  onRenewed(renewed: () => void): () => void {
    this.renewed.add(renewed);
    return () => this.renewed.delete(renewed);
  }

  onClosing(closing: () => void): () => void {
    this.closing.add(closing);
    return () => this.closing.delete(closing);
  }

  close(): void {
    for (const closing of this.closing) closing();
    this.open = false;
  }

  renew(): void {
    for (const renewed of this.renewed) renewed();
  }
}

/** A transfer with its feed, and what the feed asked of its service. */
export class Toy implements Subject<Look, ToySource> {
  now: Look = { state: 'running', bytes: 0 };
  failure: DosvcError | undefined;
  refusal: DosvcError | undefined;
  /** Holds back the next look. */
  pause: Promise<void> | undefined;
  looks = 0;
  readonly asked: string[] = [];
  call: ((look?: Look) => void) | undefined;
  /** Whether the looks that callbacks carry are in order with the others. */
  inOrder = false;
  readonly feed = new Feed(this);

  async look(): Promise<Look> {
    this.looks += 1;
    const found = this.now;
    await this.pause;
    if (this.failure !== undefined) throw this.failure;
    return found;
  }

  change(before: Look, after: Look) {
    if (before.state !== after.state) return 'state';
    if (before.bytes > after.bytes) return 'regress';
    return before.bytes < after.bytes ? 'progress' : 'none';
  }

  merge({ noted }: Look, look: Look): Look {
    return noted === undefined ? look : { ...look, noted };
  }

  isOutdated({ outdated }: Look): boolean {
    return outdated === true;
  }

  isFinal({ state }: Look): boolean {
    return state === 'over';
  }

  callback({ connection }: ToySource, called: (look?: Look) => void) {
    this.call = called;
    const ask = (what: string) => () => {
      this.asked.push(what);
      return Promise.resolve(this.refusal === undefined ? [] : [this.refusal]);
    };
    return {
      connection,
      set: (_source: ToySource, wants: number, renewed: boolean) =>
        ask(`set${named(wants)}${renewed ? ' again' : ''}`)(),
      widen: (_source: ToySource, wants: number) =>
        wants === 0 ? Promise.resolve([]) : ask(`widen${named(wants)}`)(),
      clear: ask('clear'),
      mute: () => undefined,
      end: () => void this.asked.push('end'),
    };
  }

  listen(source = new ToySource(), every = poll, wants = 0) {
    const heard: (Look | string)[] = [];
    const leave = this.feed.join({
      source,
      poll: every,
      wants: () => wants,
      changed: (look) => heard.push(look),
      refused: ({ code }) => heard.push(`refused: ${code}`),
      lost: ({ code }) => heard.push(`lost: ${code}`),
      // Of the looks that succeed, only one after a loss is noted.
      found: () => {
        const last = heard.at(-1);
        if (typeof last === 'string' && last.startsWith('lost')) heard.push('found');
      },
    });
    return { source, heard, leave };
  }

  /** Holds the next looks back until the returned function is called. */
  holdLooks(): () => void {
    let goOn = (): void => undefined;
    this.pause = new Promise((resolve) => {
      goOn = resolve;
    });
    return goOn;
  }
}

function named(wants: number): string {
  return wants === 0 ? '' : ` ${String(wants)}`;
}

/** Lets time pass. */
export const passed = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

/** A test with a toy of its own, in which time passes only through {@link passed}. */
export const it = test.extend<{ toy: Toy }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the pattern
  toy: async ({}, use) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    await use(new Toy());
    vi.useRealTimers();
    vi.restoreAllMocks();
  },
});
