// SPDX-License-Identifier: MIT
// The service that a suite runs on, BITS or the stand-in: the Vitest project provides which one.
// Documented differences between the two are named here.

import { inject } from 'vitest';
import { clsid } from '../stand-in/client/installation.js';
import { underWine } from '../system/under-wine.js';

declare module 'vitest' {
  interface ProvidedContext {
    service: 'bits' | 'delivery-optimization';
  }
}

/** True on BITS; false on the stand-in for Delivery Optimization. */
export const onBits = inject('service') === 'bits';
/** Wine's BITS differs from Windows' in places; a test that meets a difference states both. */
export const onWinesBits = onBits && underWine;

const bits = {
  /** The service's name for connect(). */
  name: 'bits',
  clsid: '{4991D34B-80A1-4291-83B6-3328366B9097}',
  addFile: 'IBackgroundCopyJob::AddFile',
  unknownJob: { code: 'BG_E_NOT_FOUND', hresult: 0x80200001 },
  invalidState: { code: 'BG_E_INVALID_STATE', hresult: 0x80200002 },
  noFiles: { code: 'BG_E_EMPTY', hresult: 0x80200003 },
  noError: { code: 'BG_E_ERROR_INFORMATION_UNAVAILABLE', hresult: 0x8020000f },
  /** The context of an error that the server causes. */
  errorContext: 'remote-file',
} as const;

const deliveryOptimization = {
  name: clsid,
  clsid,
  addFile: 'IDeliveryOptimizationJob::AddFileWithRanges',
  unknownJob: { code: 'DO_E_JOB_NOT_FOUND', hresult: 0x80d02003 },
  invalidState: { code: 'DO_E_INVALID_STATE', hresult: 0x80d02013 },
  noFiles: { code: 'DO_E_JOB_EMPTY', hresult: 0x80d02004 },
  noError: { code: 'DO_E_ERROR_INFORMATION_UNAVAILABLE', hresult: 0x80d02014 },
  errorContext: 'none',
} as const;

export const service = onBits ? bits : deliveryOptimization;
/** The options with which a test connects to the service. */
export const options = { service: service.name, pollInterval: 50 } as const;
