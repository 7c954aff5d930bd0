// SPDX-License-Identifier: MIT
//
// Tells how far a download is: a bar on a terminal, which stays below what was said before; lines at the
// start and the end elsewhere; objects with `--json`.

import type { TransferProgress, TransferResult, TransferStart } from '../../index.js';
import { bar } from '../bar.js';
import type { LiveView } from '../live-view.js';
import type { Output } from '../output.js';
import { printable } from '../printable.js';
import { wrapped } from '../prose.js';
import { bytesOf, duration, percent, speed } from '../units.js';
import { left, leftBriefly, outcome, routes, waits } from './words.js';

/** What draws, where there is a terminal. */
export interface Drawing {
  readonly view: LiveView;
  flowed(parts: readonly string[], width: number, indent?: string): string[];
}

// A longer bar says no more.
const longestBar = 40;

export class Progress {
  readonly #output: Output;
  readonly #from: string;
  readonly #name: string;
  readonly #drawing: Drawing | undefined;
  #start: TransferStart | undefined;

  /**
   * @param from The address, without what may grant access.
   * @param drawing Undefined unless a person looks at a terminal.
   */
  constructor(output: Output, from: string, name: string, drawing: Drawing | undefined) {
    this.#output = output;
    this.#from = printable(from);
    this.#name = printable(name);
    this.#drawing = drawing;
  }

  /** The last route that was begun. */
  get begun(): TransferStart | undefined {
    return this.#start;
  }

  started(start: TransferStart): void {
    if (this.#drawing === undefined && this.#start === undefined) {
      this.#output.text(`${this.#name}: downloading ${this.#from}`);
    }
    this.#start = start;
    this.#output.object({ kind: 'start', ...start });
    this.#draw([`Starting through ${routes[start.route]} ...`]);
  }

  moved(progress: TransferProgress): void {
    this.#output.object({ kind: 'progress', ...progress });
    if (this.#drawing === undefined) return;
    const { bytesTransferred, bytesTotal, bytesPerSecond, secondsLeft, waitingFor } = progress;
    const width = this.#output.columns - 1;
    const part = percent(bytesTransferred, bytesTotal);
    const cells = Math.min(longestBar, width - 8);
    const waiting = waitingFor !== null;
    this.#draw(
      this.#drawing.flowed(
        [
          ...(part === null
            ? []
            : [`${bar(bytesTransferred, bytesTotal, cells)} ${String(part).padStart(3)} %`]),
          bytesOf(bytesTransferred, bytesTotal),
          waiting ? '' : speed(bytesPerSecond),
          waiting || secondsLeft === null ? '' : `${duration(secondsLeft)} left`,
          `through ${routes[progress.route]}`,
          waiting ? this.#output.styled('yellow', waits[waitingFor]) : '',
        ],
        width,
      ),
    );
  }

  /** Says that Ctrl+C was heard. */
  stopping(detached: boolean): void {
    this.#draw([detached ? 'Stopping; the service goes on ...' : 'Stopping and cleaning up ...']);
  }

  done(result: TransferResult): void {
    const { attempts } = result;
    this.#drawing?.view.remove();
    this.#output.object({ kind: 'result', ...result });
    const said = `${this.#name}: ${outcome(result)}`;
    if (this.#drawing === undefined) {
      const others = attempts.length === 0 ? '' : ` (left ${leftBriefly(attempts)})`;
      this.#output.text(said + others);
      return;
    }
    const { columns } = this.#output;
    this.#output.text(
      ...wrapped(said, columns),
      ...attempts.flatMap((attempt) => wrapped(left(attempt), columns, '  ')),
    );
  }

  detached(key: string): void {
    this.#drawing?.view.remove();
    const { route = 'bits', id = null } = this.#start ?? {};
    this.#output.object({ kind: 'detached', key, route, id });
    this.#output.text(
      `${this.#name}: left to ${routes[route]}, key ${key}`,
      ...(this.#drawing === undefined
        ? []
        : ['Run the same line again to check the file and give it its name.']),
    );
  }

  /** Removes what is drawn, so that an error stands below nothing. */
  failed(): void {
    this.#drawing?.view.remove();
  }

  #draw(lines: readonly string[]): void {
    this.#drawing?.view.draw([this.#name, ...lines]);
  }
}
