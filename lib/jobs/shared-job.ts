// SPDX-License-Identifier: MIT
//
// What all objects of one job share in this environment, no matter which managers they came from.

import type { AnyCall, Outcome, Outcomes } from '../../typings/binding.js';
import { failed } from '../errors.js';
import { Feed } from '../feed/feed.js';
import type { Change } from '../feed/subject.js';
import { jobState, literalOf } from '../generated/enums.js';
import { callOf, lossIn, valueOf } from '../remote/calls.js';
import type { End } from '../remote/earlier-end.js';
import { SharedState, type Arrival } from '../remote/shared-state.js';
import type { Remote } from '../remote/remote.js';
import { WeakRegistry } from '../remote/weak-registry.js';
import { CertificateChecks } from './certificate-check.js';
import { FileReports, isFileReport } from './file-reports.js';
import { GivenSizes } from './given-sizes.js';
import {
  getProgress,
  getState,
  isOver,
  isSame,
  lookCalls,
  readLook,
  type JobLook,
} from './job-look.js';
import { JobSink } from './job-sink.js';
import { JobNotify } from './notify-interface.js';
import type { JobProgress } from './progress.js';

/** The method that declares that only its creator will start a job. */
export const claim = Symbol('claim');

const ends = /::(Cancel|Complete)$/;

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
  /** What the service reports of its files. */
  readonly files = new FileReports();
  /** The functions that check its servers' certificates. */
  readonly certificates = new CertificateChecks();
  /** The sizes that were given with its files. */
  readonly sizes = new GivenSizes();
  #progress = nothing;
  // The state that GetState last returned.
  #state: number | null = null;
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
        this.#sink = new JobSink(remote, (event) => {
          if (isFileReport(event)) {
            this.files.tell(event);
            return;
          }
          const { kind, value } = event;
          this.#saw(valueOf(value[0]), valueOf(value[1]));
          called(this.#lookOf(value, this.arrival(), kind === 'JobModification'));
        });
        return this.#sink;
      },
    });
  }

  /** Counts a call that was answered, and records what it returned. */
  override answered(call: AnyCall, outcome: Outcome): void {
    super.answered(call, outcome);
    if (ends.test(call.row) && !failed(outcome)) this.certificates.end();
    if (call.row === getState) {
      this.#state = valueOf(outcome) as number | null;
      this.#saw(this.#state, null);
    }
    if (call.row === getProgress) this.#saw(this.#state, valueOf(outcome) as JobProgress | null);
  }

  // Only the progress tells which files were transferred.
  #saw(number: number | null, progress: JobProgress | null): void {
    if (number === null) return;
    const state = literalOf(jobState, number);
    // Any process may have ended the job.
    if (isOver({ state })) this.certificates.end();
    if (state !== 'transferred') this.sawEnd(state === 'error' ? 'failed' : undefined);
    else if (progress !== null) this.sawEnd(transferred(progress), isDone(progress));
  }

  protected override changed(): void {
    this.feed.refresh();
  }

  /** Our callback object, while there are listeners. */
  get sink(): JobSink | undefined {
    return this.#sink?.ended === false ? this.#sink : undefined;
  }

  /** Records that only its creator will start the job, so it cannot have ended before its first start. */
  claim(): void {
    this.sawEnd(undefined);
  }

  async resume(remote: Remote): Promise<void> {
    const row = 'IBackgroundCopyJob::Resume';
    if (this.wasRead) {
      await remote.call(row);
      return;
    }
    // What a look shows afterwards may be from before, which is therefore read in the same hop.
    const calls = [callOf(getState, []), callOf(getProgress, []), callOf(row, [])] as const;
    const [, , outcome] = await remote.hop(row, () => calls);
    remote.resultOf(outcome, row);
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
    return { ...arrival, state, progress: this.#progress, error, modified };
  }
}

function endOf({ state, progress }: JobLook): End | undefined {
  if (state === 'error') return 'failed';
  return state === 'transferred' ? transferred(progress) : undefined;
}

function transferred({ filesTransferred }: JobProgress): End {
  return `transferred ${String(filesTransferred)} files`;
}

function isDone({ filesTotal, filesTransferred }: JobProgress): boolean {
  return filesTransferred >= filesTotal;
}

export const sharedJobs = new WeakRegistry((key) => new SharedJob(key));

function changeBetween(before: JobLook, after: JobLook): Change {
  if (after.place < before.place) return 'regress';
  const started = before.started !== after.started || before.added !== after.added;
  const other = before.state !== after.state || before.error?.code !== after.error?.code;
  if (after.modified || started || other) return 'state';
  return isSame(before.progress, after.progress) ? 'none' : 'progress';
}
