// SPDX-License-Identifier: MIT
//
// The routes among which a download chooses.

import type { DosvcError } from '../errors.js';
import type { Route, RouteName } from './route.js';

export interface Ways {
  readonly routes: Readonly<Record<RouteName, Route>>;
  /** Why a route cannot be taken on this system; undefined if it can. */
  left(route: RouteName): DosvcError | undefined;
}
