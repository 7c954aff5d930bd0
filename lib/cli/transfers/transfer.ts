// SPDX-License-Identifier: MIT
//
// A job or a download of a service, as the commands see both.

import type { DosvcError, Success } from '../../index.js';

/** A transfer at one moment. */
export interface Reading {
  /** What a table shows. */
  readonly row: Row;
  /** Everything, for a program. */
  readonly object: Readonly<Record<string, unknown>>;
  /** Everything else that a person may want to know, by title. */
  readonly details: readonly (readonly [title: string, text: string])[];
  /** Whether `download()` of this package created it. */
  readonly ours: boolean;
}

export interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly state: string | number;
  readonly bytesTransferred: number;
  readonly bytesTotal: number | null;
  /** Why it has failed or waits; null if it does neither. */
  readonly trouble: DosvcError | null;
  /** Whether nothing more will be transferred: done, failed or ended. */
  readonly over: 'done' | 'failed' | 'ended' | null;
}

export interface Transfer {
  readonly id: string;
  /** The service, as `--service` takes it. */
  readonly service: string;
  read(): Promise<Reading>;
  suspend(): Promise<Success>;
  resume(): Promise<Success>;
  cancel(): Promise<Success>;
  complete(): Promise<Success>;
}

/** Where transfers are found. */
export interface Source {
  /** For people, such as `BITS`. */
  readonly title: string;
  /** What it has, for people: `jobs` or `downloads`. */
  readonly what: string;
  list(): Promise<readonly Transfer[]>;
  /** Undefined if the service does not know the id. */
  get(id: string): Promise<Transfer | undefined>;
  /** Lets the connection go; the next call connects again. */
  close(): Promise<void>;
}

export const success: Success = { code: 'S_OK', hresult: 0 };

/** What the services are called in texts. */
export function titleOf(service: string): string {
  const titles: Readonly<Record<string, string>> = {
    bits: 'BITS',
    'delivery-optimization': 'Delivery Optimization',
  };
  return titles[service] ?? `The service ${service}`;
}

// What download() writes into a job's description, and after a download's name.
const mark = /(?:^|\s)dosvc\/1 \S+ \d{4}-\d\d-\d\dT[\d:]+Z(?: (?<key>.*))?$/s;

/** Whether `download()` of this package created the transfer with this text. */
export function isOurs(text: string | null): boolean {
  return text !== null && mark.test(text);
}

/** The text without what `download()` adds. */
export function withoutMark(text: string | null): string | null {
  return text === null ? null : text.replace(mark, '');
}
