// SPDX-License-Identifier: MIT
//
// What a command prints on stdout: text for people, or with `--json` one object a line for programs, never
// both.

import type { WriteStream } from 'node:tty';

type Stream = NodeJS.WritableStream &
  Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>>;

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
export type Style = keyof typeof styles;

// What is printed to a file or a pipe.
const usualColumns = 80;
const usualRows = 24;

export class Output {
  readonly stream: Stream;
  /** Whether this is JSON. */
  readonly json: boolean;
  // NO_COLOR and its like are Node's to know.
  readonly #colors: boolean;

  constructor(stream: Stream, json: boolean) {
    this.stream = stream;
    this.json = json;
    this.#colors = !json && stream.isTTY === true && stream.hasColors?.() === true;
  }

  /** Whether a person looks at a terminal, where what was printed can be drawn anew. */
  get live(): boolean {
    return !this.json && this.stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  get columns(): number {
    return orUsual(this.stream.columns, usualColumns);
  }

  get rows(): number {
    return orUsual(this.stream.rows, usualRows);
  }

  /** Prints lines for a person; nothing with `--json`. */
  text(...lines: readonly string[]): void {
    if (!this.json) this.stream.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Prints an object for a program; nothing without `--json`. */
  object(object: Readonly<Record<string, unknown>>): void {
    if (this.json) this.stream.write(`${asciiJson(object)}\n`);
  }

  /** The text in a style, on a terminal that wants it. */
  styled(style: Style, text: string): string {
    return this.#colors ? `\u001B[${String(styles[style])}m${text}\u001B[0m` : text;
  }
}

/** A pseudo terminal whose size is not set says 0. */
function orUsual(size: number | undefined, usual: number): number {
  return size === undefined || size === 0 ? usual : size;
}

/** JSON in ASCII, since PowerShell reads the output of a program in the console's code page. */
function asciiJson(object: unknown): string {
  return JSON.stringify(object).replace(
    /[\u007F-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
