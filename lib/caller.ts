// SPDX-License-Identifier: MIT
//
// Puts the frames of a waiting caller into the stack of the error with which its wait ends: the error is
// created later, where a timer or a callback of the service runs.

const shown = new WeakSet<Error>();

/** The frames of the stack at this moment, below a function; '' if the program has no such stacks. */
export function framesBelow(callee: (...args: never) => unknown): string {
  const place: { stack?: unknown } = {};
  Error.captureStackTrace(place, callee);
  return typeof place.stack === 'string' ? place.stack.split('\n').slice(1).join('\n') : '';
}

/** Several callers may wait for the same error: it shows the frames of the first. */
export function showFrames(error: unknown, frames: string): void {
  if (frames === '' || !(error instanceof Error) || shown.has(error)) return;
  shown.add(error);
  error.stack = `${error.name}: ${error.message}\n${frames}`;
}
