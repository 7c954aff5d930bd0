// SPDX-License-Identifier: MIT
//
// What `dosvc get` says of a download.

import type { RouteName, TransferAttempt, TransferResult, WaitingFor } from '../../index.js';
import { printable } from '../printable.js';
import { bytes, duration } from '../units.js';

export const routes: Readonly<Record<RouteName, string>> = {
  'delivery-optimization': 'Delivery Optimization',
  bits: 'BITS',
  http: 'HTTP',
};

export const waits: Readonly<Record<WaitingFor, string>> = {
  cost: 'waiting for a network that is not metered',
  cellular: 'waiting for a network that is not cellular',
  network: 'waiting for a network',
  power: 'waiting for mains power',
  vpn: 'waiting until no VPN is connected',
  policy: 'waiting: a policy on this computer requires it',
  retry: 'failed for now, trying again soon',
};

/** What a file that is there has gone through. */
export function outcome({ route, bytes: size, elapsed, verified }: TransferResult): string {
  const checked =
    verified === false
      ? 'nothing to check it with'
      : { sha512: 'SHA-512', sha256: 'SHA-256', size: 'size', length: "the server's length" }[
          verified
        ].concat(' checked');
  if (route === 'none') return `already there, ${bytes(size)}, ${checked}`;
  const time = elapsed < 1000 ? `${String(Math.round(elapsed))} ms` : duration(elapsed / 1000);
  return `${bytes(size)} in ${time} through ${routes[route]}, ${checked}`;
}

/** Whether a route was not taken because it is a service of another system. */
export function isElsewhere({ error }: TransferAttempt): boolean {
  return error.code === 'ERR_DOSVC_UNSUPPORTED_PLATFORM';
}

/** Why a route does not have the file. */
export function setback(attempt: TransferAttempt): string {
  const { route, error } = attempt;
  if (isElsewhere(attempt)) return `${routes[route]} was not used: it is a service of Windows.`;
  return `${routes[route]} could not download it: ${printable(error.message)}`;
}

/** Why other routes do not have it, in a few words. */
export function setbacks(attempts: readonly TransferAttempt[]): string {
  return attempts.map(({ route, error }) => `${routes[route]}: ${error.code}`).join('; ');
}
