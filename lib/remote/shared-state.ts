// SPDX-License-Identifier: MIT
//
// What all objects that stand for the same job or download share: one strand, so that calls keep their
// order no matter on which object they are made, and counts of how often this environment gave it work.
// Outcomes and events arrive in the strand's order, so a count taken on arrival is the count at that
// place of the strand.

import type { AnyCall, Outcome } from '../../typings/binding.js';
import { failed } from '../errors.js';
import { EarlierEnd, type End } from './earlier-end.js';

/** A place in the order in which outcomes and events of one job or download arrive. */
export interface Arrival {
  place: number;
  /** How often the work had been started by then. */
  started: number;
  /** How often work had been added by then. */
  added: number;
}

const starts = /::(Resume|Start)$/;
const changes = /::(Resume|Start|Suspend|Pause|Cancel|Abort|Complete|Finalize)$/;

export class SharedState {
  /** Identifies the job or download in this environment. */
  readonly key: string;
  /** The number of calls sent that are not background calls. */
  sent = 0;
  #place = 0;
  #started = 0;
  #added = 0;
  readonly #earlier = new EarlierEnd();

  constructor(key: string) {
    this.key = key;
  }

  /** Counts a call that was answered, if it may have been carried out. */
  answered(call: AnyCall, outcome: Outcome): void {
    if (failed(outcome) && outcome.mayHaveRun !== true) return;
    const { row } = call;
    if (this.carriedOut(call)) this.#added += 1;
    if (starts.test(row)) {
      this.#started += 1;
      this.#earlier.started(this.#added);
    }
    if (changes.test(row)) this.changed();
  }

  /** Called with each call that may have been carried out. Returns whether it added work. */
  protected carriedOut({ row }: AnyCall): boolean {
    return row.includes('::AddFile');
  }

  /** Called when this environment may have changed the state. */
  protected changed(): void {
    // For a job or download that has listeners.
  }

  /** Whether this environment has read the state, and so knows what a start changes. */
  get wasRead(): boolean {
    return this.#earlier.known;
  }

  /**
   * Records how the job or download had ended when it was read; undefined if it had not.
   *
   * @param done Whether all work was done.
   */
  protected sawEnd(end: End | undefined, done = true): void {
    this.#earlier.saw(end, done ? this.#added : undefined);
  }

  /** Whether an end that was read is the one from before a start, which the service has yet to carry out. */
  protected isEarlierEnd(end: End | undefined): boolean {
    return this.#earlier.isOutdated(end);
  }

  /** Where an outcome or event that arrives now stands. */
  arrival(): Arrival {
    this.#place += 1;
    return { place: this.#place, started: this.#started, added: this.#added };
  }
}
