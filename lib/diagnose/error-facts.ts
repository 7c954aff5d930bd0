// SPDX-License-Identifier: MIT
//
// What a finding says of an error. The error's own message stays out: it may have an address or a path in
// it.

import type { DosvcError } from '../errors.js';
import { explain } from '../explain.js';

export function factsOf(error: DosvcError): { code: string; why: string; remedy: string } {
  const { code = error.code, meaning = '', advice } = explain(error) ?? {};
  return { code, why: meaning, remedy: advice ?? 'Try again later.' };
}
