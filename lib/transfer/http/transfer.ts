// SPDX-License-Identifier: MIT
//
// One transfer by `fetch`: requests the file, continues it where a response ends too early, and begins anew
// where what is there cannot be continued.

import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { abortError, refusal } from '../../errors.js';
import { discard } from '../discard.js';
import { sizeOf } from '../files/size.js';
import { pause } from '../pause.js';
import { restated } from '../restated.js';
import type { Fetched, Order, RouteProgress, Transfer } from '../route.js';
import { examine, type Asked, type Found } from './examine.js';
import { PartFile } from './part-file.js';
import { addressHash, canContinue, forget, readMemory, writeMemory } from './part-memory.js';
import type { PartMemory } from './part-memory.js';
import { Patience } from './patience.js';
import { receive } from './receive.js';
import { Requests } from './request.js';
import { failure, type Setback } from './setback.js';

const E_NOTIMPL = 0x80004001;

export class HttpTransfer implements Transfer {
  readonly id = null;
  readonly takenUp: boolean;
  readonly #order: Order;
  readonly #requests: Requests;
  readonly #patience = new Patience();
  readonly #stopped = new AbortController();
  // The bytes of an earlier process that are continued.
  readonly #kept: number;
  // What is known of the bytes that are there; null if they are of no use.
  #memory: PartMemory | null;
  #progress: RouteProgress;
  #running: Promise<Fetched> | undefined;

  private constructor(order: Order, memory: PartMemory | null, kept: number) {
    this.#order = order;
    this.#requests = new Requests(order.address, order.settings);
    this.#kept = kept;
    this.#memory = memory;
    this.takenUp = kept > 0;
    const bytesTotal = memory?.total ?? order.size;
    this.#progress = { bytesTransferred: kept, bytesTotal, waitingFor: null, trouble: null };
  }

  /** Finds what an earlier process left. Writes and requests nothing. */
  static async prepare(order: Order): Promise<HttpTransfer> {
    const memory = await readMemory(order.file);
    const found = await stat(order.file).catch(() => null);
    const size = found?.size ?? 0;
    return canContinue(memory, size, order)
      ? new HttpTransfer(order, memory, size)
      : new HttpTransfer(order, null, 0);
  }

  run(): Promise<Fetched> {
    this.#running ??= this.#run();
    return this.#running;
  }

  detach(): Promise<void> {
    const message = 'A transfer by fetch ends with this process, so it cannot be detached.';
    return Promise.reject(refusal(E_NOTIMPL, message));
  }

  /** Reports where it is: there is nobody else to ask. */
  look(): Promise<void> {
    this.#report({});
    return Promise.resolve();
  }

  async stop(how: 'discard' | 'keep'): Promise<void> {
    const { file } = this.#order;
    this.#stopped.abort();
    const fetched = await this.#running?.catch(() => undefined);
    const found = await stat(file).catch(() => null);
    if (how === 'discard' || this.#memory === null || !found?.size) {
      await discard(file);
      await forget(file);
    } else if (fetched !== undefined) {
      // Nobody has taken the file yet, so a later process can.
      await writeMemory(file, { ...this.#memory, total: fetched.bytes });
    }
  }

  async #run(): Promise<Fetched> {
    const { file, signal } = this.#order;
    const stop = () => {
      this.#stopped.abort(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const written = (size: number) => {
        this.#report({ bytesTransferred: size });
      };
      const part = await PartFile.open(file, this.#kept, written);
      try {
        await this.#fetch(part);
      } finally {
        await part.close();
      }
      await forget(file);
      return { bytes: await sizeOf(file), declared: this.#memory?.total ?? null };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #fetch(part: PartFile): Promise<void> {
    // The most bytes that were ever there: those that come again are no progress.
    let most = part.size;
    for (;;) {
      const setback = await this.#request(part);
      if (setback === null) return;
      if (this.#stopped.signal.aborted) throw abortError(this.#stopped.signal);
      const delay = this.#patience.delayAfter(setback, part.size > most);
      most = Math.max(most, part.size);
      if (setback.anew) this.#memory = null;
      const trouble = restated(setback.error, { transient: true, retryable: true });
      this.#report({ waitingFor: 'retry', trouble });
      await pause(delay, this.#stopped.signal);
    }
  }

  /** Requests what is missing. Returns null if nothing is, after that. */
  async #request(part: PartFile): Promise<Setback | null> {
    const { signal } = this.#stopped;
    if (!canContinue(this.#memory, part.size, this.#order)) await this.#beginAnew(part);
    const asked = this.#asked(part.size);
    const answer = await this.#requests.send(headersOf(asked), signal).catch(failure);
    if ('error' in answer) return answer;
    try {
      const finding = examine(answer, asked);
      if (finding === 'finished') {
        if (this.#memory !== null) this.#memory = { ...this.#memory, total: part.size };
        return null;
      }
      if ('setback' in finding) return finding.setback;
      await this.#remember(part, finding.found);
      return await receive(answer.response.body, part, finding.found, this.#order.size, signal);
    } finally {
      answer.end();
    }
  }

  #asked(from: number): Asked {
    const { address, size } = this.#order;
    const sameAddress = this.#memory?.address === addressHash(address);
    const validator = (sameAddress ? this.#memory?.validator : null) ?? null;
    return { from, validator, total: this.#memory?.total ?? null, size };
  }

  async #remember(part: PartFile, { from, total, validator }: Found): Promise<void> {
    const { tag, key = '', address, file, size } = this.#order;
    // The server sends the whole file instead of its rest.
    if (from === 0) await this.#beginAnew(part);
    const memory = { tag, key, address: addressHash(address), validator, total };
    // Before the bytes that it is about.
    if (!isDeepStrictEqual(memory, this.#memory)) await writeMemory(file, memory);
    this.#memory = memory;
    this.#report({ bytesTotal: total ?? size, waitingFor: null, trouble: null });
  }

  async #beginAnew(part: PartFile): Promise<void> {
    this.#memory = null;
    if (part.size === 0) return;
    await part.empty();
    this.#report({ bytesTransferred: 0 });
  }

  #report(changed: Partial<RouteProgress>): void {
    this.#progress = { ...this.#progress, ...changed };
    this.#order.report({ ...this.#progress });
  }
}

function headersOf({ from, validator }: Asked): [string, string][] {
  // A coding would change the length, and the places of the bytes.
  const headers: [string, string][] = [['Accept-Encoding', 'identity']];
  if (from > 0) headers.push(['Range', `bytes=${String(from)}-`]);
  if (from > 0 && validator !== null) headers.push(['If-Range', validator]);
  return headers;
}
