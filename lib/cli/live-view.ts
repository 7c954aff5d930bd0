// SPDX-License-Identifier: MIT
//
// Lines at the bottom of a terminal that are drawn again and again, in place. log-update writes only
// the lines that differ, so that nothing flickers.

import { createLogUpdate } from 'log-update';
import { cut } from './table.js';
import type { Output } from './output.js';

export class LiveView {
  readonly #output: Output;
  readonly #update: ReturnType<typeof createLogUpdate>;

  constructor(output: Output) {
    this.#output = output;
    this.#update = createLogUpdate(output.stream);
  }

  /** Draws the lines in place of those before. */
  draw(lines: readonly string[]): void {
    const { columns, rows } = this.#output;
    // The cursor needs a line of its own, and a terminal breaks a line that fills the last column.
    const fit = lines.slice(0, Math.max(1, rows - 1)).map((line) => cut(line, columns - 1));
    this.#update(fit.join('\n'));
  }

  /** Leaves what is drawn where it is, and gives the cursor back. */
  end(): void {
    this.#update.done();
  }

  /** Removes what is drawn, and gives the cursor back. */
  remove(): void {
    this.#update.clear();
    this.#update.done();
  }
}
