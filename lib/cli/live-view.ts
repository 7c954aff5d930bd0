// SPDX-License-Identifier: MIT
//
// Lines at the bottom of a terminal that are drawn again and again, in place. log-update writes only
// the lines that differ, so that nothing flickers.

import { createLogUpdate } from 'log-update';
import stringWidth from 'string-width';
import { cut } from './table.js';
import type { Output } from './output.js';

const eraseLineAndUp = '\u001B[2K\u001B[1A';

/** Makes the lines for the terminal as it is now. */
export type Picture = () => readonly string[];

export class LiveView {
  readonly #output: Output;
  readonly #update: ReturnType<typeof createLogUpdate>;
  #picture: Picture | undefined;
  /** The lines on the screen. */
  #lines: readonly string[] = [];

  constructor(output: Output) {
    this.#output = output;
    this.#update = createLogUpdate(output.stream);
  }

  /** Draws the lines in place of those before, and again when the terminal's size changes. */
  draw(picture: Picture): void {
    if (this.#picture === undefined) this.#output.stream.on('resize', this.#resized);
    this.#picture = picture;
    this.#draw(picture());
  }

  /** Leaves what is drawn where it is, and gives the cursor back. */
  end(): void {
    this.#forget();
    this.#update.done();
  }

  /** Removes what is drawn, and gives the cursor back. */
  remove(): void {
    this.#update.clear();
    this.end();
  }

  readonly #resized = (): void => {
    this.#eraseBroken();
    if (this.#picture !== undefined) this.#draw(this.#picture());
  };

  // A terminal that becomes narrower breaks the lines on it, so they take more rows than were written.
  #eraseBroken(): void {
    const { columns } = this.#output;
    const rows = this.#lines.map((line) => Math.max(1, Math.ceil(stringWidth(line) / columns)));
    const more = rows.reduce((sum, one) => sum + one, 0) - this.#lines.length;
    this.#output.stream.write(eraseLineAndUp.repeat(more));
    this.#update.clear();
    this.#lines = [];
  }

  #draw(lines: readonly string[]): void {
    const { columns, rows } = this.#output;
    // The cursor needs a line of its own, and a terminal breaks a line that fills the last column.
    const fit = lines.slice(0, Math.max(1, rows - 1)).map((line) => cut(line, columns - 1));
    this.#lines = fit;
    this.#update(fit.join('\n'));
  }

  #forget(): void {
    this.#output.stream.off('resize', this.#resized);
    this.#picture = undefined;
    this.#lines = [];
  }
}
