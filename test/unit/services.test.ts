// SPDX-License-Identifier: MIT
// lib/services.ts: the classes of the two services are those that Microsoft's headers name.

import { expect, it } from 'vitest';
import { checkService } from '../../lib/services.js';
import { facts } from './spec-facts.js';

it.each([
  ['delivery-optimization', 'CLSID_DeliveryOptimization'],
  ['bits', 'CLSID_BackgroundCopyManager'],
])('%s is %s', (service, name) => {
  const known = facts.clsids.find((one) => one.name === name);
  expect(checkService('service', service).clsid).toBe(`{${String(known?.clsid)}}`);
});
