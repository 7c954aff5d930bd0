// SPDX-License-Identifier: MIT
//
// What tells one version of a file from another, so that a part of it can be continued.
// See https://www.rfc-editor.org/rfc/rfc9110#name-weak-versus-strong

import { httpDate } from './http-date.js';

const entityTag = /^"[\x21\x23-\x7e\x80-\xff]*"$/;
const second = 1000;

/**
 * The value for If-Range: a strong entity tag, or else the date of the last change. Null if there is
 * neither: a weak tag stays the same for versions with other bytes, and so does a date of less than a
 * second before the response.
 */
export function validatorOf(headers: Headers): string | null {
  const tag = headers.get('etag');
  if (tag !== null && entityTag.test(tag)) return tag;
  const date = headers.get('last-modified');
  const answered = httpDate(headers.get('date'));
  const age = (Number.isNaN(answered) ? Date.now() : answered) - httpDate(date);
  return age >= second ? date : null;
}

/** Whether a text can be sent as a validator. */
export function isValidator(text: string): boolean {
  return entityTag.test(text) || (/^[\x20-\x7e]+$/.test(text) && !Number.isNaN(httpDate(text)));
}

/**
 * Whether a part is of another version than the validator. A response repeats the tag of the whole file,
 * but need not repeat its date.
 */
export function contradicts(headers: Headers, validator: string): boolean {
  if (entityTag.test(validator)) return headers.get('etag') !== validator;
  const date = headers.get('last-modified');
  return date !== null && date !== validator;
}
