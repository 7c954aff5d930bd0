// SPDX-License-Identifier: MIT
//
// One attempt: one route, one address, from the preparation to the whole file under its temporary name.

import type { Ending } from './ending.js';
import { failureOf, type Failure } from './failure.js';
import type { Meter } from './meter.js';
import type { Request } from './request.js';
import type { Fetched, Order, Route, RouteName, RouteProgress, Transfer } from './route.js';
import { Watchdog } from './watchdog.js';

/** How an attempt ended well. */
export interface Attempted extends Fetched {
  id: string | null;
  /** Whether it was left to the service, so that there is no file yet. */
  detached: boolean;
}

/** What an attempt shares with the others of the same download. */
export interface Course {
  readonly request: Request;
  readonly ending: Ending;
  readonly meter: Meter;
  /** Tells the caller which transfer begins, unless it was told before. */
  start(route: RouteName, transfer: Transfer): Promise<void>;
}

/**
 * Makes an attempt. Rejects with a {@link Failure}, or with the error with which the download has
 * ended; nothing of the attempt then remains, unless it is kept.
 *
 * @param keeps Whether a failed attempt is kept, because another one takes it up.
 */
export async function attempt(
  route: Route,
  order: Omit<Order, 'signal' | 'report'>,
  course: Course,
  keeps: (failure: Failure) => boolean,
): Promise<Attempted> {
  const { request, ending, meter } = course;
  const control = new AbortController();
  const undo = ending.onEnd(() => {
    control.abort(ending.signal.reason);
  });
  let transfer: Transfer | undefined;
  let most = 0;
  let hear: ((progress: RouteProgress) => void) | undefined = (progress) => {
    most = Math.max(most, progress.bytesTransferred);
    watchdog?.report(progress);
    meter.report(route.name, progress);
  };
  let watchdog: Watchdog | undefined;
  try {
    ending.check();
    const report = (progress: RouteProgress) => hear?.(progress);
    transfer = await route.prepare({ ...order, signal: control.signal, report });
    ending.check();
    await course.start(route.name, transfer);
    const { id, takenUp } = transfer;
    if (request.detach && !takenUp) {
      await transfer.detach();
      return { id, detached: true, bytes: 0, declared: null };
    }
    watchdog = new Watchdog(limitsOf(request), () => transfer?.look() ?? Promise.resolve());
    const fetched = await Promise.race([transfer.run(), watchdog.exceeded, ending.ended]);
    return { ...fetched, id, detached: false };
  } catch (thrown) {
    hear = undefined;
    const failure = failureOf(thrown);
    control.abort(failure.error);
    const keep = ending.signal.aborted ? ending.keeps : keeps(failure);
    // What cannot be stopped has an error of its own already, and that is the one to report.
    await transfer?.stop(keep ? 'keep' : 'discard').catch(() => undefined);
    ending.check();
    failure.bytes = most;
    throw failure;
  } finally {
    hear = undefined;
    watchdog?.stop();
    undo();
  }
}

function limitsOf({ stallTimeout, onHold, holdTimeout }: Request) {
  return { stall: stallTimeout, hold: onHold === 'wait' ? undefined : holdTimeout };
}
