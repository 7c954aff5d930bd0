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

it.each(['BITS', 'bit', '', 'toString'])('has no other name: %j', (service) => {
  expect(() => checkService('options.service', service)).toThrow(
    `The argument 'options.service' must be one of 'delivery-optimization', 'bits', or a class id '{…}'. Received '${service}'`,
  );
});
