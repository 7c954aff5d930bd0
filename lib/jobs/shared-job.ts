// SPDX-License-Identifier: MIT
//
// What all objects of one job share in this environment, no matter which managers they came from.

import type { AnyCall, Outcome, Outcomes } from '../../typings/binding.js';
import { Feed } from '../feed/feed.js';
import type { Change } from '../feed/subject.js';
import { jobState, literalOf } from '../generated/enums.js';
import { lossIn, valueOf } from '../remote/calls.js';
import type { End } from '../remote/earlier-end.js';
import { SharedState, type Arrival } from '../remote/shared-state.js';
import type { Remote } from '../remote/remote.js';
import { WeakRegistry } from '../remote/weak-registry.js';
import { GivenSizes } from './given-sizes.js';
import { getState, isOver, isSame, lookCalls, readLook, type JobLook } from './job-look.js';
import { JobSink } from './job-sink.js';
import { JobNotify } from './notify-interface.js';
import type { JobProgress } from './progress.js';

const nothing: JobProgress = {
  bytesTotal: 0,
  bytesTransferred: 0,
  filesTotal: 0,
  filesTransferred: 0,
};

export class SharedJob extends SharedState {
  /** The feed of all listeners of the job. */
  readonly feed: Feed<JobLook, Remote>;
  /** The functions that are set as the job's notify interface, and its flags. */
  readonly notify = new JobNotify(this);
  /** The sizes that were given with its files. */
  readonly sizes = new GivenSizes();
  #progress = nothing;
  #sink: JobSink | undefined;

  constructor(key: string) {
    super(key);
    this.feed = new Feed<JobLook, Remote>({
      look: (remote) => this.#look(remote),
      merge: ({ modified }, look) => ({ ...look, modified: modified || look.modified }),
      inOrder: true,
      change: changeBetween,
      isOutdated: (look) => this.isEarlierEnd(endOf(look)),
      isFinal: isOver,
      callback: (remote, called) => {
        this.#sink = new JobSink(remote, ({ kind, value }) => {
          this.#sawState(valueOf(value[0]));
          called(this.#lookOf(value, this.arrival(), kind === 'JobModification'));
        });
        return this.#sink;
      },
    });
  }

  /** Counts a call that was answered, and records the state that it returned. */
  override answered(call: AnyCall, outcome: Outcome): void {
    super.answered(call, outcome);
    if (call.row === getState) this.#sawState(valueOf(outcome));
  }

  // Which files were transferred takes a whole look to tell.
  #sawState(number: unknown): void {
    const state = typeof number === 'number' ? literalOf(jobState, number) : 'transferred';
    if (state !== 'transferred') this.sawEnd(state === 'error' ? 'failed' : undefined);
  }

  protected override changed(): void {
    this.feed.refresh();
  }

  /** Our callback object, while there are listeners. */
  get sink(): JobSink | undefined {
    return this.#sink?.ended === false ? this.#sink : undefined;
  }

  async #look(remote: Remote): Promise<JobLook> {
    let arrival: Arrival | undefined;
    const outcomes = await remote.hopInBackground(getState, lookCalls, () => {
      arrival = this.arrival();
    });
    const look = this.#lookOf(outcomes, arrival ?? this.arrival(), false);
    if (look !== undefined) return look;
    const { row, outcome } = lossIn(lookCalls, outcomes) ?? { row: getState, outcome: outcomes[0] };
    throw remote.errorOf(outcome, row);
  }

  #lookOf(
    outcomes: Outcomes<typeof lookCalls>,
    arrival: Arrival,
    modified: boolean,
  ): JobLook | undefined {
    const { state, progress, error } = readLook(outcomes);
    // A service that went away in the middle of the look is not what the job failed with.
    if (state === null || lossIn(lookCalls, outcomes) !== undefined) return undefined;
    this.#progress = progress ?? this.#progress;
    const look = { ...arrival, state, progress: this.#progress, error, modified };
    if (state === 'transferred') this.sawEnd(endOf(look));
    return look;
  }
}

function endOf({ state, progress }: JobLook): End | undefined {
  if (state === 'error') return 'failed';
  const files = `${String(progress.filesTransferred)} files`;
  return state === 'transferred' ? `transferred ${files}` : undefined;
}

export const sharedJobs = new WeakRegistry((key) => new SharedJob(key));

function changeBetween(before: JobLook, after: JobLook): Change {
  if (after.place < before.place) return 'regress';
  const started = before.started !== after.started || before.added !== after.added;
  const other = before.state !== after.state || before.error?.code !== after.error?.code;
  if (after.modified || started || other) return 'state';
  return isSame(before.progress, after.progress) ? 'none' : 'progress';
}
