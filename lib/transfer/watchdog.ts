// SPDX-License-Identifier: MIT
//
// Notices when a transfer stalls, or is held for too long. Only time in which this process is awake
// counts: while the machine sleeps, the process is suspended or the event loop is blocked, no timer fires,
// so a tick counts one interval at most.

import { DosvcError, refusal } from '../errors.js';
import { Failure } from './failure.js';
import type { RouteProgress, WaitingFor } from './route.js';
import { settles } from './settles.js';

/** How long a transfer may be without progress, in milliseconds; undefined is without limit. */
export interface Limits {
  readonly stall: number | undefined;
  readonly hold: number | undefined;
}

const E_FAIL = 0x80004005;
// In milliseconds.
const longestInterval = 1000;
const patience = 3000;

export class Watchdog {
  /** Rejects with a {@link Failure} when a limit is exceeded; it never resolves. */
  readonly exceeded: Promise<never>;
  readonly #limits: Limits;
  readonly #look: () => Promise<void>;
  readonly #interval: number;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #stopped = new AbortController();
  #reject: (failure: Failure) => void = () => undefined;
  // The awake time without a new byte and that of the hold, in milliseconds, and until when it is counted.
  #idle = 0;
  #held = 0;
  #counted = performance.now();
  #late = false;
  #looking = false;
  #most = -1;
  #last: RouteProgress | undefined;

  /** @param look Reads how far the transfer is, and reports it. */
  constructor(limits: Limits, look: () => Promise<void>) {
    this.#limits = limits;
    this.#look = look;
    this.exceeded = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    this.exceeded.catch(() => undefined);
    const shortest = Math.min(limits.stall ?? Infinity, limits.hold ?? Infinity);
    this.#interval = Math.max(10, Math.min(longestInterval, Math.ceil(shortest / 4)));
    if (shortest !== Infinity) {
      this.#timer = setInterval(() => {
        this.#tick();
      }, this.#interval);
    }
  }

  /** Records how far the transfer is. Bytes that arrive again are not new. */
  report(progress: RouteProgress): void {
    if (progress.bytesTransferred > this.#most) {
      this.#most = progress.bytesTransferred;
      this.#idle = 0;
      this.#counted = performance.now();
    }
    if (!isHold(progress.waitingFor)) this.#held = 0;
    this.#last = progress;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stopped.abort();
  }

  // What arrived while no timer fired is reported after the tick that comes late: the next one decides.
  #tick(): void {
    const passed = Math.ceil(performance.now() - this.#counted);
    this.#counted += passed;
    const awake = Math.min(passed, this.#interval);
    if (isHold(this.#last?.waitingFor)) this.#held += awake;
    else this.#idle += awake;
    this.#late = !this.#late && passed > 2 * this.#interval;
    if (this.#late || this.#looking || !this.#isOver) return;
    void this.#lookAgain();
  }

  get #isOver(): boolean {
    const { stall = Infinity, hold = Infinity } = this.#limits;
    return isHold(this.#last?.waitingFor) ? this.#held >= hold : this.#idle >= stall;
  }

  // A report may be on its way, or have been lost.
  async #lookAgain(): Promise<void> {
    this.#looking = true;
    // What cannot be read has not moved.
    const look = async () => this.#look();
    await settles(look(), patience, this.#stopped.signal);
    this.#looking = false;
    if (!this.#isOver) return;
    this.stop();
    const last = this.#last;
    if (isHold(last?.waitingFor)) {
      this.#reject(new Failure('hold', last?.trouble ?? heldError(last?.waitingFor)));
    } else {
      this.#reject(new Failure('stall', this.#stallError()));
    }
  }

  #stallError(): DosvcError {
    const { trouble } = this.#last ?? {};
    const limit = String(this.#limits.stall);
    const message = `Nothing new was transferred for ${limit} ms. ${standing(this.#last)} ${advice}`;
    const cause = trouble ?? undefined;
    return new DosvcError(message, {
      code: 'ERR_DOSVC_STALLED',
      retryable: true,
      cause,
      blame: cause?.blame,
    });
  }
}

/** What a transfer waits for is beyond its own reach; one that is tried again after an error is not held. */
export function isHold(waitingFor: WaitingFor | null | undefined): boolean {
  return waitingFor != null && waitingFor !== 'retry';
}

const advice =
  'Check the network, the proxy and the server, or allow a longer stallTimeout if they are slow.';

/** In words, where a transfer stands, for the message of a stall or a timeout. */
export function standing(progress: RouteProgress | undefined): string {
  if (progress === undefined) return 'No byte has arrived.';
  const { bytesTransferred, bytesTotal, waitingFor, trouble } = progress;
  const of = bytesTotal === null ? '' : ` of ${String(bytesTotal)}`;
  const waits = waitingFor === null ? '' : `, and it waits for '${waitingFor}'`;
  const why = trouble === null ? '' : ` because of ${trouble.code}`;
  return `${String(bytesTransferred)}${of} bytes have arrived${waits}${why}.`;
}

function heldError(waitingFor: WaitingFor | null | undefined): DosvcError {
  return refusal(E_FAIL, `The service holds the transfer: it waits for '${String(waitingFor)}'.`);
}
