// SPDX-License-Identifier: MIT
// A terminal without a window: what is written to it, as a person would see it.

import xterm from '@xterm/headless';

export interface Size {
  columns: number;
  rows: number;
}

export class Screen {
  readonly #terminal: xterm.Terminal;

  constructor({ columns, rows }: Size) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 1000,
      allowProposedApi: true,
      convertEol: true,
    });
  }

  /** As a person drags the edge of a window: lines that are longer than the new width are broken. */
  resize({ columns, rows }: Size): void {
    this.#terminal.resize(columns, rows);
  }

  /** Resolves when the terminal has taken it. */
  write(output: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#terminal.write(output, resolve);
    });
  }

  /** The lines that can be seen, and those that were scrolled away, without empty ones at the end. */
  get lines(): string[] {
    const { active } = this.#terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => this.#line(at));
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  /** Where the next character is written, from 0. */
  get cursor(): { column: number; line: number } {
    const { cursorX, cursorY, baseY } = this.#terminal.buffer.active;
    return { column: cursorX, line: baseY + cursorY };
  }

  /** The numbers of the colors on a line, in order; none in the usual color. */
  colors(line: number): number[] {
    const { active } = this.#terminal.buffer;
    const row = active.getLine(line);
    const cells = Array.from({ length: row?.length ?? 0 }, (_, at) => row?.getCell(at));
    return cells.flatMap((cell) => (cell?.isFgPalette() ? [cell.getFgColor()] : []));
  }

  #line(at: number): string {
    return this.#terminal.buffer.active.getLine(at)?.translateToString(true).trimEnd() ?? '';
  }
}
