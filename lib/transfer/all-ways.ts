// SPDX-License-Identifier: MIT
//
// The routes of this package, and which of them this system has.

import { DosvcError } from '../errors.js';
import { binding } from '../remote/loader.js';
import { http } from './http/route.js';
import { bits } from './services/bits.js';
import { deliveryOptimization } from './services/delivery-optimization.js';
import type { Ways } from './ways.js';

export const allWays: Ways = {
  routes: { 'delivery-optimization': deliveryOptimization, bits, http },
  left(route) {
    if (route === 'http') return undefined;
    try {
      binding();
      return undefined;
    } catch (error) {
      const { code } = error as DosvcError;
      return code === 'ERR_DOSVC_UNSUPPORTED_PLATFORM' ? notHere(route) : (error as DosvcError);
    }
  },
};

function notHere(route: 'delivery-optimization' | 'bits'): DosvcError {
  const service = route === 'bits' ? 'BITS' : 'Delivery Optimization';
  const message = `${service} exists only on Windows. On this system, only the route 'http' works.`;
  return new DosvcError(message, { code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM' });
}
