// SPDX-License-Identifier: MIT
// Checks that a method rejects bad input before it sends anything, and names the argument.

import { expect, vi } from 'vitest';
import { binding } from './library-scene.js';

type Code = 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE' | 'ERR_OUT_OF_RANGE';
export type Case = [argument: string, code: Code, args: unknown[]];

/** Values that are neither valid flags nor valid seconds. */
export const numbers = (argument: string): Case[] => [
  [argument, 'ERR_INVALID_ARG_TYPE', []],
  [argument, 'ERR_INVALID_ARG_TYPE', ['1']],
  [argument, 'ERR_INVALID_ARG_TYPE', [1n]],
  [argument, 'ERR_OUT_OF_RANGE', [-1]],
  [argument, 'ERR_OUT_OF_RANGE', [0.5]],
  [argument, 'ERR_OUT_OF_RANGE', [NaN]],
  [argument, 'ERR_OUT_OF_RANGE', [2 ** 32]],
];

/** Expects that an error refuses an argument. */
export function expectRefusal(error: unknown, argument: string, code: Code): void {
  expect(error).toBeInstanceOf(code === 'ERR_OUT_OF_RANGE' ? RangeError : TypeError);
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toMatch(
    /^The argument '.+?' must (be .+\. Received .+|not have a property .+\. It may have .+)/s,
  );
  expect((error as Error).message.split("'")[1]).toBe(argument);
}

/** Calls a method with arguments that its types do not allow, and expects it to refuse them. */
export async function refuses(subject: object, method: string, cases: Case[]): Promise<void> {
  const target = subject as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const ways = ['connect', 'invoke', 'invokeMany', 'subscribe'] as const;
  const sends = ways.map((way) => vi.spyOn(binding, way));
  for (const [argument, code, args] of cases) {
    // A synchronous throw would end the test here.
    const promise = target[method]?.(...args);
    expect(promise).toBeInstanceOf(Promise);
    expectRefusal(await promise?.catch((error: unknown) => error), argument, code);
  }
  for (const send of sends) expect(send).not.toHaveBeenCalled();
}
