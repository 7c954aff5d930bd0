// SPDX-License-Identifier: MIT
//
// Tells how far a download is: a bar on a terminal, which stays below what was said before; lines at the
// start and the end elsewhere; objects with `--json`. Why a route failed is said as the next one begins.

import type {
  TransferAttempt,
  TransferProgress,
  TransferResult,
  TransferStart,
} from '../../index.js';
import { bar } from '../bar.js';
import type { LiveView, Picture } from '../live-view.js';
import type { Output } from '../output.js';
import { printable } from '../printable.js';
import { wrapped } from '../prose.js';
import { bytesOf, duration, percent, speed } from '../units.js';
import { isElsewhere, outcome, routes, setback, setbacks, waits } from './words.js';

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
  readonly #note: (text: string) => void;
  /** The attempts that failed, and that nothing was said of. */
  #failed: TransferAttempt[] = [];
  #start: TransferStart | undefined;

  /**
   * @param from The address, without what may grant access.
   * @param drawing Undefined unless a person looks at a terminal.
   * @param note Says something besides the output.
   */
  constructor(
    output: Output,
    { from, name }: { from: string; name: string },
    drawing: Drawing | undefined,
    note: (text: string) => void,
  ) {
    this.#output = output;
    this.#from = printable(from);
    this.#name = printable(name);
    this.#drawing = drawing;
    this.#note = note;
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
    this.#saySetbacks();
    this.#output.object({ kind: 'start', ...start });
    this.#draw(() => [`Starting through ${routes[start.route]} ...`]);
  }

  /** Remembers why an attempt failed: the end of the download says so, too, if no other one begins. */
  attemptFailed(attempt: TransferAttempt): void {
    // On this system there are no services, which is no news before the end.
    if (isElsewhere(attempt)) return;
    this.#failed.push(attempt);
    this.#draw(() => this.#linesOf(attempt, ''));
  }

  moved(progress: TransferProgress): void {
    this.#output.object({ kind: 'progress', ...progress });
    this.#draw(() => {
      const width = this.#output.columns - 1;
      return this.#drawing?.flowed(this.#partsOf(progress, width), width) ?? [];
    });
  }

  /** Says that Ctrl+C was heard. */
  stopping(detached: boolean): void {
    this.#draw(() => [
      detached ? 'Stopping; the service goes on ...' : 'Stopping and cleaning up ...',
    ]);
  }

  done(result: TransferResult): void {
    const { attempts } = result;
    this.#drawing?.view.remove();
    this.#output.object({ kind: 'result', ...result });
    const said = `${this.#name}: ${outcome(result)}`;
    if (this.#drawing === undefined) {
      const others = attempts.length === 0 ? '' : ` (not through ${setbacks(attempts)})`;
      this.#output.text(said + others);
      return;
    }
    const unsaid = attempts.filter((one) => isElsewhere(one) || this.#failed.includes(one));
    this.#output.text(
      ...wrapped(said, this.#output.columns),
      ...unsaid.flatMap((attempt) => this.#linesOf(attempt, '  ')),
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

  #partsOf(progress: TransferProgress, width: number): string[] {
    const { bytesTransferred, bytesTotal, bytesPerSecond, secondsLeft, waitingFor } = progress;
    const part = percent(bytesTransferred, bytesTotal);
    const cells = Math.min(longestBar, width - 8);
    const waiting = waitingFor !== null;
    return [
      ...(part === null
        ? []
        : [`${bar(bytesTransferred, bytesTotal, cells)} ${String(part).padStart(3)} %`]),
      bytesOf(bytesTransferred, bytesTotal),
      waiting ? '' : speed(bytesPerSecond),
      waiting || secondsLeft === null ? '' : `${duration(secondsLeft)} left`,
      `through ${routes[progress.route]}`,
      waiting ? this.#output.styled('yellow', waits[waitingFor]) : '',
    ];
  }

  #saySetbacks(): void {
    const failed = this.#failed;
    this.#failed = [];
    if (this.#drawing === undefined) {
      for (const attempt of failed) this.#note(setback(attempt));
    } else if (failed.length > 0) {
      this.#drawing.view.remove();
      this.#output.text(...failed.flatMap((attempt) => this.#linesOf(attempt, '')));
    }
  }

  #linesOf(attempt: TransferAttempt, indent: string): string[] {
    return wrapped(setback(attempt), this.#output.columns, indent);
  }

  #draw(lines: Picture): void {
    this.#drawing?.view.draw(() => [this.#name, ...lines()]);
  }
}
