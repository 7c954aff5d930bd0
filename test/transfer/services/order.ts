// SPDX-License-Identifier: MIT
//
// An order as download() gives it to a route, and what the route reports.

import type { Order, RouteProgress, RouteSettings } from '../../../lib/transfer/route.js';

type Given = Pick<Order, 'address' | 'file'> &
  Partial<Omit<Order, 'settings'>> & { settings?: Partial<RouteSettings> };

export interface Ordered {
  order: Order;
  /** What the route has reported, in order. */
  reports: RouteProgress[];
}

export function ordered({ settings, ...given }: Given): Ordered {
  const reports: RouteProgress[] = [];
  const order: Order = {
    tag: 'tag-1',
    key: 'com.contoso.app/update',
    sameContent: false,
    size: null,
    settings: {
      priority: 'foreground',
      cost: undefined,
      retryDelay: undefined,
      headers: [],
      fetch: globalThis.fetch,
      ...settings,
    },
    signal: new AbortController().signal,
    report: (progress) => reports.push(progress),
    ...given,
  };
  return { order, reports };
}
