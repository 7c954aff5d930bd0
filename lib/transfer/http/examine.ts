// SPDX-License-Identifier: MIT
//
// What a response is good for: the rest of the file, the whole file, or nothing. Servers, caches and
// proxies answer a range with whatever they have.

import { sizeError, type DosvcError } from '../../errors.js';
import { statusError } from '../fetch-error.js';
import { contentLength, contentRange, unsatisfiedSize } from './content-range.js';
import { expired, type Reply } from './other-fetch.js';
import { retryAfter } from './retry-after.js';
import { invalid, isPassing, type Setback } from './setback.js';
import { contradicts, validatorOf } from './validator.js';

/** What was asked for. */
export interface Asked {
  /** The offset of the first byte; 0 asks for the file without a range. */
  from: number;
  /** The version of the bytes that are there; null if it was not asked for. */
  validator: string | null;
  /** The size of the file, if a response said it. */
  total: number | null;
  /** The size that the file must have; null if nobody knows. */
  size: number | null;
}

/** A body that can be written. */
export interface Found {
  /** The offset of its first byte. */
  from: number;
  /** The offset after its last byte; null if the server does not say it. */
  end: number | null;
  /** The size of the file; null if the server does not say it. */
  total: number | null;
  validator: string | null;
}

/** `'finished'` if the file has nothing after what is there. */
export type Finding = { found: Found } | { setback: Setback } | 'finished';

const partial = 206;
const rangeNotSatisfiable = 416;
// How often an address to which a redirect led is renewed.
const renewals = 5;

export function examine({ response, renewable }: Reply, asked: Asked): Finding {
  const { status, headers } = response;
  // Its address is asked for again with the next request.
  if (renewable && expired.has(status)) {
    return { setback: { error: statusError(status), again: true, tries: renewals + 1 } };
  }
  if (status === rangeNotSatisfiable && asked.from > 0) return beyondTheEnd(headers, asked);
  if (status !== 200 && status !== partial) return { setback: refused(status, headers) };
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (coding !== '' && coding !== 'identity') {
    const what = `The server sent the file with the coding ${shown(coding)}, although only the file as it is was asked for.`;
    return { setback: invalid(what, { again: false }) };
  }
  return status === partial ? rest(headers, asked) : whole(headers, asked);
}

function whole(headers: Headers, asked: Asked): Finding {
  const total = contentLength(headers);
  const mismatch = mismatchOf(total, asked);
  if (mismatch !== null) return { setback: { error: mismatch, again: false } };
  return { found: { from: 0, end: total, total, validator: validatorOf(headers) } };
}

function rest(headers: Headers, asked: Asked): Finding {
  const range = contentRange(headers);
  if (asked.from === 0) {
    return { setback: invalid('The server sent a part of the file, but the whole was asked for.') };
  }
  if (range?.first !== asked.from) {
    const what = 'The server sent another part of the file than the one that was asked for.';
    return { setback: invalid(what, { anew: true }) };
  }
  const { last, total } = range;
  const mismatch = mismatchOf(total, asked);
  if (mismatch !== null) return { setback: { error: mismatch, again: false } };
  const { validator, total: earlier } = asked;
  const isOther = validator !== null && contradicts(headers, validator);
  if (isOther || differs(total, earlier)) return { setback: changed() };
  const version = validator ?? validatorOf(headers);
  return {
    found: { from: asked.from, end: last + 1, total: total ?? earlier, validator: version },
  };
}

function beyondTheEnd(headers: Headers, { from, total, validator }: Asked): Finding {
  const size = unsatisfiedSize(headers) ?? total;
  // Such a response need not say anything of the version.
  const isOther = validator !== null && headers.has('etag') && contradicts(headers, validator);
  if (isOther || differs(size, total)) return { setback: changed() };
  if (size === from) return 'finished';
  const what = 'The server does not have the part of the file that was asked for.';
  return { setback: invalid(what, { anew: true }) };
}

function differs(total: number | null, earlier: number | null): boolean {
  return total !== null && earlier !== null && total !== earlier;
}

function changed(): Setback {
  return invalid('The file on the server changed during the transfer.', { anew: true });
}

function mismatchOf(total: number | null, { size }: Asked): DosvcError | null {
  if (total === null || size === null || total === size) return null;
  const advice = 'Check the size, and that the URL leads to the file and not to a page.';
  return sizeError('The file on the server', total, size, advice);
}

function refused(status: number, headers: Headers): Setback {
  const error = statusError(status);
  const again = isPassing(status);
  const after = again ? retryAfter(headers) : undefined;
  return { error, again, ...(after !== undefined && { after }) };
}

function shown(coding: string): string {
  return /^[\w.,* -]{1,40}$/.test(coding) ? `'${coding}'` : 'of its own';
}
