// SPDX-License-Identifier: MIT
// Which service the tests of this folder run on: they run on each, and it is the project of Vitest's
// that says so. Where the two differ by what is documented, the difference stands here by name.

import { inject } from 'vitest';
import { clsid } from '../dosvc/installation.js';
import { underWine } from './under-wine.js';

declare module 'vitest' {
  interface ProvidedContext {
    service: 'bits' | 'delivery-optimization';
  }
}

/** BITS; otherwise the stand-in for Delivery Optimization. */
export const onBits = inject('service') === 'bits';
/** Wine's BITS differs from Windows' in places; tests that meet such a place say both. */
export const onWinesBits = onBits && underWine;

const bits = {
  /** What connect() takes. */
  name: 'bits',
  clsid: '{4991D34B-80A1-4291-83B6-3328366B9097}',
  addFile: 'IBackgroundCopyJob::AddFile',
  unknownJob: { code: 'BG_E_NOT_FOUND', hresult: 0x80200001 },
  invalidState: { code: 'BG_E_INVALID_STATE', hresult: 0x80200002 },
  noFiles: { code: 'BG_E_EMPTY', hresult: 0x80200003 },
  noError: { code: 'BG_E_ERROR_INFORMATION_UNAVAILABLE', hresult: 0x8020000f },
  /** Of an error that the server is to blame for. */
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
/** How a test connects to it. */
export const options = { service: service.name, pollInterval: 50 } as const;
