// SPDX-License-Identifier: MIT

/**
 * A date of a header, in milliseconds since 1970; NaN if there is none. Alone, Date.parse() also takes
 * numbers for dates.
 */
export function httpDate(text: string | null): number {
  return /^[a-z]{3,9},? /i.test(text ?? '') ? Date.parse(text ?? '') : NaN;
}
