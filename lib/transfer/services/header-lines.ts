// SPDX-License-Identifier: MIT

import type { RequestHeaders } from '../credentials.js';

/** Headers as both services take them: each as `Name: Value` and CR LF. */
export function headerLines(headers: RequestHeaders): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}
