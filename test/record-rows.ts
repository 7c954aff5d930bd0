// SPDX-License-Identifier: MIT
// Records in each test's result which rows succeeded during it, and on which ground. `npm test` takes
// those of the tests that passed for the tables of every method.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeEach, inject } from 'vitest';
import { rows as known } from './facts/facts.js';
import { streams, writeSlot } from './facts/stream-slots.js';
import { clsid as standIn } from './stand-in/client/installation.js';
import { underWine } from './system/under-wine.js';

declare module 'vitest' {
  interface TaskMeta {
    /** The rows that succeeded, by ground. */
    rows?: Record<string, string[]>;
  }
}

/** What the library publishes; or below it, what the recorder or a callback object of ours answers. */
interface Answer {
  service?: string;
  operation?: string;
  iid?: string;
  slot?: number;
  hresult: number;
  stage?: string;
}

const provided = inject('service') as ReturnType<typeof inject<'service'>> | undefined;

/** The ground that a call was made on; undefined if that is a service of one test's own. */
function groundOf(service: string | undefined): string | undefined {
  if (service === undefined) return 'recorder';
  if (service === 'BITS') return underWine ? "Wine's BITS" : 'BITS';
  const onStandIn = underWine ? 'Delivery Optimization' : `The service ${standIn.toLowerCase()}`;
  if (service === onStandIn) return 'stand-in';
  // Only in suites without a service is every other class the recorder's.
  return provided === undefined && service.startsWith('The service') ? 'recorder' : undefined;
}

/** The row of an answer, by its address. */
function rowOf({ operation, iid, slot }: Answer): string | undefined {
  if (operation !== undefined) return operation.includes('::') ? operation : undefined;
  if (iid === streams.IStream && slot === writeSlot) return 'ISequentialStream::Write';
  return known.find((row) => row.iid === iid && row.slot === slot)?.address;
}

beforeEach(({ task }) => {
  const rows = new Map<string, Set<string>>();
  const hear = (message: unknown) => {
    const answer = message as Answer;
    const { service, hresult, stage = 'done' } = answer;
    const [ground, row] = [groundOf(service), rowOf(answer)];
    if (hresult >= 0x8000_0000 || stage !== 'done') return;
    if (ground === undefined || row === undefined) return;
    rows.set(ground, (rows.get(ground) ?? new Set()).add(row));
  };
  const channels = ['dosvc:call', 'dosvc-test:answer'];
  for (const name of channels) subscribe(name, hear);
  return () => {
    for (const name of channels) unsubscribe(name, hear);
    task.meta.rows = Object.fromEntries([...rows].map(([ground, all]) => [ground, [...all]]));
  };
});
