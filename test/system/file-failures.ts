// SPDX-License-Identifier: MIT
// Lets functions of node:fs/promises fail as the system may let them.

import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach } from 'vitest';

const { open, rename, unlink, writeFile } = promises;
const real = { open, rename, unlink, writeFile };
type Call = keyof typeof real;

/** Returns what lets a function fail with a code, so many times, in the current test. */
export function failures() {
  afterEach(() => {
    Object.assign(promises, real);
    syncBuiltinESMExports();
  });
  /** Returns how often the function was called since. It fails only for the arguments that `fits` accepts. */
  return (
    call: Call,
    code: string,
    times = Infinity,
    fits: (...args: unknown[]) => boolean = () => true,
  ): (() => number) => {
    let called = 0;
    const usual = real[call] as (...args: unknown[]) => Promise<unknown>;
    const replaced = (...args: unknown[]) => {
      called += 1;
      if (called > times || !fits(...args)) return usual(...args);
      return Promise.reject(Object.assign(new Error(`${code}: ${call}`), { code, syscall: call }));
    };
    Object.assign(promises, { [call]: replaced });
    syncBuiltinESMExports();
    return () => called;
  };
}
