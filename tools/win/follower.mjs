// SPDX-License-Identifier: MIT
// @ts-check
// Reads a program's output while the program runs. Under Wine, Node cannot open a pipe as its stdout,
// but it can open a file. The file is unlinked once it is open, so nothing is left behind, however
// this process ends.

import { closeSync, mkdirSync, openSync, readSync, unlinkSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { root } from '../clone.mjs';

const buffer = Buffer.alloc(1 << 16);

export class Follower {
  #position = 0;
  #onData;

  /** @param {(data: Buffer) => void} onData */
  constructor(onData) {
    const folder = join(root, '.win', 'run');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, randomUUID());
    /** The file descriptor for the program's stdout or stderr. */
    this.fd = openSync(file, 'a+');
    unlinkSync(file);
    this.#onData = onData;
  }

  /** Hands over what was written since the last call. */
  drain() {
    for (;;) {
      const length = readSync(this.fd, buffer, 0, buffer.length, this.#position);
      if (length === 0) return;
      this.#position += length;
      this.#onData(Buffer.from(buffer.subarray(0, length)));
    }
  }

  close() {
    this.drain();
    closeSync(this.fd);
  }
}
