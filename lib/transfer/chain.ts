// SPDX-License-Identifier: MIT
//
// Tries the routes, and on each of them the addresses, until one has the whole file with the right
// content under its temporary name.

import { describe } from '../codes.js';
import { DosvcError, refusal } from '../errors.js';
import { withoutSecrets } from '../secrets.js';
import { discard } from './discard.js';
import { isRefusal, isRefusedByAll, nextAfter, type Next } from './fall-back.js';
import { Failure, failureOf, progressOf } from './failure.js';
import { readWay, writeWay } from './files/way.js';
import { fetchFrom, type Caught, type Place } from './fetch-from.js';
import type { RouteName } from './route.js';
import { transferError, type TransferAttempt } from './transfer-error.js';
import type { Ways } from './ways.js';

const ERROR_NOT_SUPPORTED = 0x80070032;
// How often a transfer that ended with its service begins on one route.
const mostBeginnings = 5;

export class Chain {
  readonly #place: Place;
  readonly #ways: Ways;
  readonly #attempts: TransferAttempt[];
  /** Addresses that refuse every route. */
  readonly #refused = new Set<string>();
  #furthest: { progress: number; error: DosvcError } | undefined;
  /** The error of a service that held the transfer for too long. */
  #held: DosvcError | undefined;
  /** Whether services have not ended transfers to either file. */
  #filesInUse = false;
  /** The address whose content was wrong, so that only `http` remains. */
  #wrong: string | undefined;

  /** @param attempts Where the chain records the attempts that failed. */
  constructor(place: Place, ways: Ways, attempts: TransferAttempt[]) {
    this.#place = place;
    this.#ways = ways;
    this.#attempts = attempts;
  }

  /**
   * Rejects with a {@link TransferError} if no route has the file, or with the error with which the
   * download has ended early.
   */
  async run(): Promise<Caught> {
    const routes = await this.#inOrder();
    let taken = false;
    for (const [at, name] of routes.entries()) {
      if (this.#wrong !== undefined && name !== 'http') continue;
      const reason = this.#reasonAgainst(name);
      if (reason === undefined) {
        if (taken) await this.#remember(name);
        taken = true;
        const caught = await this.#take(name, at === routes.length - 1);
        if (caught !== null) return caught;
      } else {
        const [address = ''] = this.#addresses;
        this.#record(name, address, new Failure('left', reason), performance.now());
      }
    }
    const furthest = this.#furthest?.error ?? refusal(ERROR_NOT_SUPPORTED, 'No route was taken.');
    // The hold is why \`http\` was not taken, however far another service came.
    const hold = this.#isBoundByCost ? this.#held : undefined;
    throw transferError(hold ?? furthest, this.#attempts, hold !== undefined);
  }

  /** The routes in the caller's order, after the one by which an earlier call went on. */
  async #inOrder(): Promise<readonly RouteName[]> {
    const { course, hasWay, names } = this.#place;
    const { routes, route: settings } = course.request;
    const way = hasWay ? await readWay(names.way) : null;
    if (way === null) return routes;
    const { route, other } = way;
    // What began without a cost policy does not go before a service that follows it.
    if (!routes.includes(route) || (route === 'http' && settings.cost !== undefined)) {
      await discard(names.way).catch(() => undefined);
      return routes;
    }
    if (other) this.#place.serviceFile = names.otherService;
    return [route, ...routes.filter((one) => one !== route)];
  }

  async #remember(route: RouteName): Promise<void> {
    const { names, serviceFile } = this.#place;
    await writeWay(names.way, { route, other: serviceFile === names.otherService });
  }

  /** The addresses that may have the file, beginning with the one whose content was wrong. */
  get #addresses(): string[] {
    const { addresses } = this.#place.course.request;
    const open = addresses.filter((address) => !this.#refused.has(address));
    return open.toSorted((a, b) => Number(b === this.#wrong) - Number(a === this.#wrong));
  }

  /** Whether a service held the transfer because of a cost that the caller does not want. */
  get #isBoundByCost(): boolean {
    return this.#held !== undefined && this.#place.course.request.route.cost !== undefined;
  }

  #reasonAgainst(name: RouteName): DosvcError | undefined {
    if (name !== 'http') {
      if (!this.#filesInUse) return this.#ways.left(name);
      return notTaken('Other services have not ended their transfers yet.', 'Try again later.');
    }
    if (this.#place.course.request.detach) {
      const advice = 'Leave detach out, or use a service, which only Windows has.';
      return notTaken('The route http runs in this process, so it cannot be detached.', advice);
    }
    if (this.#isBoundByCost) {
      const advice = 'Use another network, or leave cost out.';
      return notTaken('The route http would not respect the cost policy.', advice);
    }
    return this.#ways.left(name);
  }

  /** @param last Whether there is no other route after this one. */
  async #take(name: RouteName, last: boolean): Promise<Caught | null> {
    let again = mostBeginnings;
    const addresses = this.#addresses;
    for (let address = addresses.shift(); address !== undefined;) {
      const begun = performance.now();
      try {
        return await fetchFrom(this.#ways.routes[name], address, this.#place);
      } catch (error) {
        this.#place.course.ending.check();
        const failure = failureOf(error);
        this.#record(name, address, failure, begun);
        const next = await this.#after(failure, name, address, last);
        if (next === 'end') throw transferError(failure.error, this.#attempts, true);
        if (next === 'http') this.#wrong = address;
        if (next === 'again' && (again -= 1) > 0) continue;
        if (next !== 'address') break;
        address = addresses.shift();
      }
    }
    return null;
  }

  async #after(failure: Failure, name: RouteName, address: string, last: boolean): Promise<Next> {
    const { addresses, course, names } = this.#place;
    const { request, ending } = course;
    const onHttp = name === 'http';
    if (failure.because === 'hold') this.#held ??= failure.error;
    const next = nextAfter(failure, onHttp, request.onHold);
    if (failure.unended) {
      this.#filesInUse = this.#place.serviceFile === names.otherService;
      this.#place.serviceFile = names.otherService;
      // Whatever this service is asked next may have to wait for that.
      if (next === 'address' || next === 'again') return 'route';
    }
    if (!isRefusal(failure.error) || next !== 'address') return next;
    // On these, `fetch` was refused itself.
    const byFetch = onHttp || failure.because === 'redirects';
    const settings = { ...request.route, headers: addresses.headersFor(address) };
    if (byFetch || (!last && (await isRefusedByAll(address, settings, ending.signal)))) {
      this.#refused.add(address);
    }
    ending.check();
    return this.#addresses.length === 0 ? 'end' : 'address';
  }

  #record(route: RouteName, address: string, failure: Failure, begun: number): void {
    const { error } = failure;
    const elapsed = Math.round(performance.now() - begun);
    const attempt = { route, address: withoutSecrets(address), error, elapsed };
    this.#attempts.push(attempt);
    const { ending, request } = this.#place.course;
    ending.tell(request.onFailedAttempt, attempt);
    const progress = progressOf(failure);
    if (progress < (this.#furthest?.progress ?? 0)) return;
    this.#furthest = { progress, error };
  }
}

function notTaken(meaning: string, advice: string): DosvcError {
  const { words, ...named } = describe(ERROR_NOT_SUPPORTED, { meaning, advice });
  return new DosvcError(words, named);
}
