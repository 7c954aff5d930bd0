// SPDX-License-Identifier: MIT
//
// The text by which a transfer in a service is known as one of download(): its tag, when it began, and the
// caller's key. It stands in a job's description and at the end of a download's display name, because these
// are what the services keep for a client:
//
//     dosvc/1 TAG 2026-11-30T02:57:36Z KEY
//
// People read it, too, so it holds nothing else: no address, no header.

import { basename } from 'node:path';

/** What the text says. */
export interface Tagged {
  tag: string;
  /** The caller's key, which may have been cut; empty if there is none. */
  key: string;
  created: Date;
}

const pattern = /(?:^|\s)dosvc\/1 (\S+) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(?: (.*))?$/s;

/** @param longest The most characters that the service keeps. A longer key is cut. */
export function tagText(tag: string, key: string | undefined, longest: number): string {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const text = `dosvc/1 ${tag} ${now}${key === undefined ? '' : ` ${key}`}`;
  // Not in the middle of a character.
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** Reads a text; null if it is not of this form, or of a later version. */
export function tagIn(text: string | null): Tagged | null {
  const [, tag, time, key = ''] = pattern.exec(text ?? '') ?? [];
  if (tag === undefined || time === undefined) return null;
  const created = new Date(time);
  return Number.isNaN(created.getTime()) ? null : { tag, key, created };
}

/** The name of the target, for people, from that of the temporary file beside it. */
export function shownName(file: string, longest: number): string {
  const name = basename(file).replace(/\.[\w-]{6}\.svc2?$/i, '');
  return (name || 'download').slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}
