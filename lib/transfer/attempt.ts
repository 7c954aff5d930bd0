// SPDX-License-Identifier: MIT
//
// One attempt: one route, one address, from the preparation to the whole file under its temporary name.

import type { Ending } from './ending.js';
import { Failure, failureOf } from './failure.js';
import type { Meter } from './meter.js';
import type { Request } from './request.js';
import { restated } from './restated.js';
import type { Fetched, Order, Route, RouteName, RouteProgress, Transfer } from './route.js';
import { settles } from './settles.js';
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
  /** Waits for the end of a transfer, while the download goes on without it. */
  awaitLater(ending: Promise<void>): void;
}

// How long, in milliseconds, a service may take to end a transfer before the download goes on without it.
const patience = 3000;

/**
 * Makes an attempt. Rejects with a {@link Failure}, or with the error with which the download has
 * ended; nothing of the attempt then remains, unless it is kept, or the service does not end it in time.
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
  let told = false;
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
    // A transfer that is left to be taken up again is one whose id the caller has.
    const isKept = transfer.takenUp && ending.keeps;
    if (!isKept) ending.check();
    told = true;
    await course.start(route.name, transfer);
    if (isKept) ending.check();
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
    // The caller has no id of a new transfer that has not begun, and nothing in it is worth keeping.
    const keep = ending.signal.aborted ? ending.keeps && told : keeps(failure);
    // What cannot be stopped has an error of its own already, and that is the one to report.
    const stopped = transfer?.stop(keep ? 'keep' : 'discard').catch(() => undefined);
    const unended = await isUnended(stopped, route, ending);
    ending.check();
    if (unended && stopped !== undefined) course.awaitLater(stopped);
    throw Object.assign(unended ? withNote(failure) : failure, { bytes: most, unended });
  } finally {
    hear = undefined;
    watchdog?.stop();
    undo();
  }
}

/** Whether the download goes on before a transfer has ended. One that has ended itself waits for it. */
async function isUnended(
  stopped: Promise<void> | undefined,
  route: Route,
  ending: Ending,
): Promise<boolean> {
  const isService = route.name !== 'http';
  if (stopped === undefined) return false;
  if (isService && (await settles(stopped, patience, ending.signal))) return false;
  if (isService && !ending.signal.aborted) return true;
  await stopped;
  return false;
}

// The error of a service has more than a message, and stays as it is.
function withNote(failure: Failure): Failure {
  if (failure.because !== 'stall') return failure;
  const limit = String(patience);
  const addition = ` The service did not end the transfer within ${limit} ms either. Until it does, or this process exits, another call for this file rejects with ERR_DOSVC_BUSY. cleanUp({ olderThan: 0 }) ends what then remains.`;
  return new Failure('stall', restated(failure.error, { addition }));
}

function limitsOf({ stallTimeout, onHold, holdTimeout }: Request) {
  return { stall: stallTimeout, hold: onHold === 'wait' ? undefined : holdTimeout };
}
