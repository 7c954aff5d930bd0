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
  /** Whether addresses may be `\\\\server\\share\\file`. */
  readonly shares: boolean;
  /**
   * Whether files are added through IDeliveryOptimizationJob, Delivery Optimization's only documented
   * way; of a class that is not known by name, its jobs tell by what they answer to.
   */
  readonly addsById: boolean | 'ask';
  /** What it answers to a call that does not fit the state of a job. */
  readonly invalidState: number;
}

const DO_E_INVALID_STATE = 0x80d02013;
const BG_E_INVALID_STATE = 0x80200002;

const services = {
  'delivery-optimization': {
    clsid: '{5B99FA76-721C-423C-ADAC-56D03C8A8007}',
    title: 'Delivery Optimization',
    shares: false,
    addsById: true,
    invalidState: DO_E_INVALID_STATE,
  },
  bits: {
    clsid: '{4991D34B-80A1-4291-83B6-3328366B9097}',
    title: 'BITS',
    shares: true,
    addsById: false,
    invalidState: BG_E_INVALID_STATE,
  },
} as const;

/** A service's name, or a class id. */
export function checkService(name: string, value: unknown): Service {
  const given = checkString(name, value, 38);
  if (Object.hasOwn(services, given)) return services[given as ServiceName];
  const clsid = `{${checkGuid(name, given)}}`;
  const known = Object.values(services).find((one) => one.clsid.toLowerCase() === clsid);
  if (known !== undefined) return known;
  return {
    clsid,
    title: `The service ${clsid}`,
    shares: true,
    addsById: 'ask',
    invalidState: DO_E_INVALID_STATE,
  };
}
