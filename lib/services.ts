// SPDX-License-Identifier: MIT
//
// The services that speak the interfaces, by name and class id.

import { checkGuid, checkString } from './arguments.js';

export type ServiceName = keyof typeof services;

export interface Service {
  /** With braces, as COM spells a class id. */
  readonly clsid: string;
  /** How sentences call it. */
  readonly title: string;
  readonly name: ServiceName | undefined;
}

const services = {
  'delivery-optimization': {
    clsid: '{5B99FA76-721C-423C-ADAC-56D03C8A8007}',
    title: 'Delivery Optimization',
  },
  bits: { clsid: '{4991D34B-80A1-4291-83B6-3328366B9097}', title: 'BITS' },
} as const;

/** A service's name, or a class id. */
export function checkService(name: string, value: unknown): Service {
  const given = checkString(name, value, 38);
  if (Object.hasOwn(services, given)) {
    const known = given as ServiceName;
    return { ...services[known], name: known };
  }
  const clsid = `{${checkGuid(name, given)}}`;
  return { clsid, title: `The service ${clsid}`, name: undefined };
}
