// SPDX-License-Identifier: MIT
//
// One download for a target and a key: a second call with the same options shares the first one's
// promise. Between processes, a lock does the rest.

import { isDeepStrictEqual } from 'node:util';
import { DosvcError } from '../errors.js';
import { placeOf } from './identity.js';
import type { Request } from './request.js';

interface Running {
  request: Request;
  promise: Promise<unknown>;
}

const running = new Map<string, Running>();

/** Begins a download, or shares one that runs. Rejects with `ERR_DOSVC_BUSY` if the options differ. */
export function shared<Result>(
  request: Request,
  begin: (request: Request) => Promise<Result>,
): Promise<Result> {
  const place = placeOf(request);
  const found = running.get(place);
  if (found !== undefined) {
    if (isSame(found.request, request)) return found.promise as Promise<Result>;
    return Promise.reject(
      new DosvcError(
        `Another download() to ${request.file} is running with other options. Wait for it to end, or pass the same options to share it.`,
        { code: 'ERR_DOSVC_BUSY', retryable: true },
      ),
    );
  }
  const promise = begin(request);
  running.set(place, { request, promise });
  const over = () => {
    running.delete(place);
  };
  promise.then(over, over);
  return promise;
}

// Functions and signals are the same only if they are identical: two signals look the same.
function isSame(one: object, other: object): boolean {
  const entries = Object.entries(one) as [string, unknown][];
  return entries.every(([name, value]) => {
    const given = (other as Record<string, unknown>)[name];
    if (isPlain(value) && isPlain(given)) return isSame(value, given);
    return value instanceof AbortSignal ? value === given : isDeepStrictEqual(value, given);
  });
}

function isPlain(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]' && !Array.isArray(value);
}
