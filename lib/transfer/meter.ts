// SPDX-License-Identifier: MIT
//
// What the caller hears of a transfer's progress: not too often, and never less than before.

import type { TransferProgress } from './options.js';
import { Pace } from './pace.js';
import type { RouteName, RouteProgress } from './route.js';
import { secondsFor, Speed } from './speed.js';

export class Meter {
  readonly #tell: (progress: TransferProgress) => void;
  readonly #pace = new Pace(() => {
    this.#tellNow();
  });
  #speed = new Speed();
  #route: RouteName | undefined;
  #last: RouteProgress | undefined;
  #most = 0;

  /** @param tell Is called at most once a second, and once at the end. */
  constructor(tell: (progress: TransferProgress) => void) {
    this.#tell = tell;
  }

  /** The newest progress of the transfer itself. */
  get last(): RouteProgress | undefined {
    return this.#last;
  }

  report(route: RouteName, progress: RouteProgress): void {
    if (route !== this.#route) {
      this.#route = route;
      this.#most = 0;
      this.#speed = new Speed();
    }
    this.#last = progress;
    this.#speed.record(progress.bytesTransferred);
    this.#most = Math.max(this.#most, progress.bytesTransferred);
    this.#pace.ask();
  }

  /** Tells the end: the whole file is there. */
  finish(route: RouteName, bytes: number): void {
    this.stop();
    const { bytesPerSecond } = this.#speed;
    const whole = { bytesTransferred: bytes, bytesTotal: bytes };
    this.#tell({ route, ...whole, bytesPerSecond, secondsLeft: 0, waitingFor: null });
  }

  /** Tells nothing more. */
  stop(): void {
    this.#pace.stop();
  }

  #tellNow(): void {
    if (this.#route === undefined) return;
    const { bytesTotal: total = null, waitingFor = null } = this.#last ?? {};
    // After another address, or a beginning anew, it stands until there is more than before.
    const bytesTransferred = this.#most;
    const bytesTotal = total !== null && total < bytesTransferred ? null : total;
    const { bytesPerSecond } = this.#speed;
    this.#tell({
      route: this.#route,
      bytesTransferred,
      bytesTotal,
      bytesPerSecond,
      secondsLeft: secondsFor(bytesTotal, bytesTransferred, bytesPerSecond),
      waitingFor,
    });
  }
}
