// SPDX-License-Identifier: MIT
//
// Fetches from one address on one route, until the file is there with the right content. An address that
// is valid for a while only is looked up anew.

import type { Addresses } from './addresses.js';
import { attempt, type Attempted, type Course } from './attempt.js';
import { checkContent, type Checked } from './content.js';
import { discard } from './discard.js';
import { Failure, failureOf } from './failure.js';
import type { StageNames } from './files/names.js';
import { isSameContent } from './identity.js';
import type { Route, RouteName } from './route.js';

/** A file with the right content under its temporary name, or a transfer that a service continues. */
export type Caught =
  | ({
      route: RouteName;
      id: string | null;
      detached: false;
      address: string;
      file: string;
    } & Checked)
  | { route: RouteName; id: string | null; detached: true };

/** What all routes and addresses of a download have in common. */
export interface Place {
  readonly course: Course;
  readonly addresses: Addresses;
  readonly names: StageNames;
  /** What the next service writes: never the file of a transfer that has not ended. */
  serviceFile: string;
  /** Whether an earlier call may have gone on by another route than the first. */
  readonly hasWay: boolean;
  readonly tag: string;
}

const mostRenewals = 5;
const expired: ReadonlySet<number | undefined> = new Set([401, 403, 410]);

/** Rejects with a {@link Failure}, or with the error with which the download has ended early. */
export async function fetchFrom(route: Route, address: string, place: Place): Promise<Caught> {
  const { course, names } = place;
  const file = route.name === 'http' ? names.part : place.serviceFile;
  const attempted = await fetched(route, address, file, place);
  const { id, detached } = attempted;
  if (detached) return { route: route.name, id, detached };
  const { request, ending } = course;
  try {
    const checked = await checkContent(file, attempted, request, ending.signal);
    return { route: route.name, id, detached, address, file, ...checked };
  } catch (error) {
    ending.check();
    await discard(file);
    throw failureOf(error);
  }
}

async function fetched(
  route: Route,
  address: string,
  file: string,
  { course, addresses, tag }: Place,
): Promise<Attempted> {
  const { request } = course;
  const { key, size, route: settings } = request;
  for (let renewals = 0; ; renewals += 1) {
    const { headers, redirected, ...to } = await addresses
      .find(route.name, address, renewals > 0)
      .catch((error: unknown) => {
        throw failureOf(error, 'redirects');
      });
    const renewable = (failure: Failure) =>
      redirected && renewals < mostRenewals && expired.has(failure.error.httpStatus);
    const order = {
      ...{ address: to.address, file, tag, key, size: size ?? null },
      // The server itself redirected to the new address of the same file.
      sameContent: renewals > 0 || isSameContent(request),
      settings: { ...settings, headers },
    };
    try {
      return await attempt(route, order, course, renewable);
    } catch (error) {
      if (!(error instanceof Failure && renewable(error) && !error.unended)) throw error;
    }
  }
}
