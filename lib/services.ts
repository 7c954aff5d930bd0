// SPDX-License-Identifier: MIT
//
// The services that implement the interfaces, by name and class id, and how they differ.

import { anyGuid, fault, oneOf } from './arguments.js';

export type ServiceName = keyof typeof services;

export interface Service {
  /** The class id, with braces as COM writes it. */
  readonly clsid: string;
  /** The service's name in messages. */
  readonly title: string;
  /** Whether a URL may also be `\\\\server\\share\\file`. */
  readonly shares: boolean;
  /**
   * Whether files are added through IDeliveryOptimizationJob, the only way that Delivery Optimization
   * documents. `'ask'` is for a class id that is not listed here: whether a job has that interface
   * decides.
   */
  readonly addsById: boolean | 'ask';
  /** The code with which it rejects a call that the state of a job or download does not allow. */
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

/** Looks up a service by its name or its class id. */
export function checkService(name: string, value: unknown): Service {
  const expected = `${oneOf(Object.keys(services))}, or a class id '{…}'`;
  if (typeof value !== 'string') throw fault('ERR_INVALID_ARG_TYPE', name, expected, value);
  if (Object.hasOwn(services, value)) return services[value as ServiceName];
  const guid = anyGuid(value);
  if (guid === undefined) throw fault('ERR_INVALID_ARG_VALUE', name, expected, value);
  const clsid = `{${guid}}`;
  const listed = Object.values(services).find((one) => one.clsid.toLowerCase() === clsid);
  if (listed !== undefined) return listed;
  return {
    clsid,
    title: `The service ${clsid}`,
    shares: true,
    addsById: 'ask',
    invalidState: DO_E_INVALID_STATE,
  };
}
