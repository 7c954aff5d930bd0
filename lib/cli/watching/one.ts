// SPDX-License-Identifier: MIT
//
// The source of `dosvc watch <id>`: the one transfer, in whichever service it was found.

import { find, known } from '../transfers/find.js';
import type { Source, Transfer } from '../transfers/transfer.js';

export class One implements Source {
  readonly what = 'transfers';
  readonly #id: string;
  readonly #sources: readonly Source[];
  readonly #note: (text: string) => void;
  #found: Source | undefined;

  constructor(id: string, service: string | undefined, note: (text: string) => void) {
    this.#id = id;
    this.#sources = known(service);
    this.#note = note;
  }

  get title(): string {
    return this.#found?.title ?? 'The service';
  }

  /** Nothing once it is over: a service forgets what was completed or cancelled. */
  async list(): Promise<readonly Transfer[]> {
    if (this.#found !== undefined) {
      const transfer = await this.#found.get(this.#id);
      return transfer === undefined ? [] : [transfer];
    }
    const { transfer, source } = await find(this.#id, this.#sources, this.#note);
    this.#found = source;
    return [transfer];
  }

  async get(): Promise<Transfer | undefined> {
    const [transfer] = await this.list();
    return transfer;
  }

  async close(): Promise<void> {
    await Promise.all(this.#sources.map((source) => source.close()));
  }
}
