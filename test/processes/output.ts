// SPDX-License-Identifier: MIT
// The output that a child process has written to a file so far. The file stays open: under Wine, opening a
// file takes ten times as long as reading more of it.

import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export class Output {
  #file: number | undefined;
  #text = '';
  readonly #decoder = new StringDecoder('utf8');

  /** @param path of a file that exists */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  get text(): string {
    if (this.#file !== undefined) this.#readOn(this.#file);
    return this.#text;
  }

  /** Call this when nothing more will be written: `text` no longer changes. */
  close(): void {
    if (this.#file === undefined) return;
    this.#readOn(this.#file);
    this.#text += this.#decoder.end();
    closeSync(this.#file);
    this.#file = undefined;
  }

  #readOn(file: number): void {
    const bytes = Buffer.alloc(16_384);
    for (let size; (size = readSync(file, bytes)) > 0;)
      this.#text += this.#decoder.write(bytes.subarray(0, size));
  }
}
