// SPDX-License-Identifier: MIT
//
// The routes of this package, and which of them this system has.

import type { DosvcError } from '../errors.js';
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
      return error as DosvcError;
    }
  },
};
