// SPDX-License-Identifier: MIT
//
// What the headers of a response say of its place in the file.
// See https://www.rfc-editor.org/rfc/rfc9110#name-content-range

/** The part of a file that a response has. */
export interface ContentRange {
  first: number;
  last: number;
  /** The size of the file; null if the server does not say it. */
  total: number | null;
}

/** Reads a Content-Range of bytes; null if it is missing, or says something that cannot be. */
export function contentRange(headers: Headers): ContentRange | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(headers.get('content-range') ?? '');
  if (found === null) return null;
  const [first, last, total] = [sizeIn(found[1]), sizeIn(found[2]), sizeIn(found[3])];
  if (first === null || last === null || last < first) return null;
  if (total === null) return found[3] === '*' ? { first, last, total } : null;
  return last < total ? { first, last, total } : null;
}

/** The size of the file in a response that has no such range; null if the server does not say it. */
export function unsatisfiedSize(headers: Headers): number | null {
  return sizeIn(/^bytes \*\/(\d+)$/i.exec(headers.get('content-range') ?? '')?.[1]);
}

/** The Content-Length; null if there is none. */
export function contentLength(headers: Headers): number | null {
  return sizeIn(headers.get('content-length'));
}

function sizeIn(text: string | null | undefined): number | null {
  const size = /^\d+$/.test(text ?? '') ? Number(text) : NaN;
  return Number.isSafeInteger(size) ? size : null;
}
