// SPDX-License-Identifier: MIT
//
// How inspect(), and so console.log(), shows the library's objects: in one line.

import { inspect, type InspectOptions } from 'node:util';

export function line(name: string, value: object, options: InspectOptions): string {
  return `${name} ${inspect(value, { ...options, breakLength: Infinity })}`;
}
