// SPDX-License-Identifier: MIT

import { DosvcError } from '../errors.js';

/** The same error with more said of it: where it happened, or that it is waited out or was final. */
export function restated(
  error: DosvcError,
  changed: { addition?: string; transient?: boolean; retryable?: boolean },
): DosvcError {
  const { code, names, hresult, operation, retryable, blame, transient, cause } = error;
  const { addition = '', ...instead } = changed;
  const same = { code, names, hresult, operation, retryable, blame, transient, cause };
  return new DosvcError(`${error.message}${addition}`, { ...same, ...instead });
}
