// SPDX-License-Identifier: MIT
// @ts-check
// Makes the stand-in for Delivery Optimization slow.

import koffi from 'koffi';
import { activate, check, method } from './koffi.mjs';

// From test/stand-in/control/control.h.
const controlClass = '6c0b4a52-9b1f-4e0a-8f43-2d5c7a9e61d3';
const iidControl = '6c0b4a52-9b1f-4e0a-8f43-2d5c7a9e61d0';
const setFaultSlot = 3;
const delayed = 2;

const setFault = koffi.proto(
  'int32_t __stdcall SetFault(void *self, str16 method, uint32_t kind, uint32_t value, uint32_t times)',
);

/**
 * Makes the service hold the next call of a method for so long.
 * @param {string} name
 * @param {number} milliseconds
 */
export function holdNext(name, milliseconds) {
  const control = activate(controlClass, iidControl);
  const call = method(control, setFaultSlot, setFault);
  check('SetFault', call(control, name, delayed, milliseconds, 1));
}
