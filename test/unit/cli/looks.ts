// SPDX-License-Identifier: MIT
// A source of transfers that a test makes up.

import type { Reading, Row, Source, Transfer } from '../../../lib/cli/transfers/transfer.js';

export const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const name = 'Größe – 日本 \u001B[2J';

function readingOf(row: Partial<Row>): Reading {
  const whole: Row = {
    id,
    name,
    state: 'transferring',
    bytesTransferred: 0,
    bytesTotal: null,
    trouble: null,
    over: null,
    ...row,
  };
  const { state, bytesTransferred } = whole;
  return {
    row: whole,
    object: { kind: 'job', id, state, bytesTransferred },
    details: [],
    ours: false,
  };
}

export type Look = readonly Partial<Row>[] | Error | Promise<readonly Partial<Row>[]>;

/** A source with these looks, one after the other; the last one stays. */
export class Looks implements Source {
  readonly title: string;
  readonly what = 'jobs';
  closed = 0;
  #at = -1;

  readonly #looks: readonly Look[];
  readonly #before: () => unknown;

  /** @param before Called before each look, which waits for it. */
  constructor(looks: readonly Look[], before: () => unknown = () => undefined, title = 'BITS') {
    this.title = title;
    this.#looks = looks;
    this.#before = before;
  }

  async list(): Promise<readonly Transfer[]> {
    this.#at = Math.min(this.#at + 1, this.#looks.length - 1);
    await this.#before();
    const look = this.#looks[this.#at] ?? [];
    if (look instanceof Error) throw look;
    return (await look).map(
      (row) => ({ id, read: () => Promise.resolve(readingOf(row)) }) as unknown as Transfer,
    );
  }

  get(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }
}
