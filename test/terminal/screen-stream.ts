// SPDX-License-Identifier: MIT
// A stream that writes to a screen, as stdout does to a terminal.

import { Writable } from 'node:stream';
import { Screen, type Size } from './screen.js';

export class ScreenStream extends Writable {
  readonly isTTY = true;
  readonly screen: Screen;
  columns: number;
  rows: number;
  /** Each piece that was written. */
  readonly pieces: string[] = [];

  constructor(size: Size) {
    super({ decodeStrings: false });
    this.screen = new Screen(size);
    this.columns = size.columns;
    this.rows = size.rows;
  }

  /** As the stdout of a process does when its terminal is resized. */
  resize(size: Size): void {
    this.screen.resize(size);
    Object.assign(this, size);
    this.emit('resize');
  }

  hasColors(): boolean {
    return true;
  }

  override _write(piece: string, _: BufferEncoding, done: () => void): void {
    this.pieces.push(piece);
    void this.screen.write(piece).then(done);
  }
}
