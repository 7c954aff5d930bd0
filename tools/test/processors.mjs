// SPDX-License-Identifier: MIT
// @ts-check
// Which processors of this machine the suites can be pinned to.

import { readFileSync } from 'node:fs';
import { onWindows } from '../clone.mjs';

/** The processors that this process may run on, by Linux's numbers; none on Windows. */
export function processors() {
  if (onWindows) return [];
  const [, list = ''] =
    /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
