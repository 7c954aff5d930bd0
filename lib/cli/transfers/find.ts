// SPDX-License-Identifier: MIT
//
// Finds the services that a command is about, and in them a transfer by its id.

import { DosvcError } from '../../index.js';
import { UsageError } from '../usage.js';
import { Downloads } from './downloads.js';
import { Jobs } from './jobs.js';
import type { Source, Transfer } from './transfer.js';

/**
 * Where transfers can be listed: the jobs of BITS, and the downloads of Delivery Optimization, whose jobs
 * cannot be listed. Of a service that is named, both.
 */
export function listable(service: string | undefined, allUsers: boolean): Source[] {
  if (service !== undefined) return [new Jobs(service, allUsers), new Downloads(service)];
  return [new Jobs('bits', allUsers), new Downloads('delivery-optimization')];
}

/** Where a transfer can be looked up by its id. */
export function known(service: string | undefined): Source[] {
  const sources = listable(service, false);
  return service === undefined ? [...sources, new Jobs('delivery-optimization')] : sources;
}

/** The id in the form of the services. @throws {UsageError} */
export function checkId(id: string): string {
  if (/^\{?[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}\}?$/i.test(id)) return id;
  throw new UsageError(`<id> must be a GUID, as 'dosvc jobs' and 'dosvc downloads' print it.`);
}

/**
 * Finds the transfer that a command is about, and lets the connections go afterwards.
 *
 * @throws {UsageError} for something else than an id
 */
export async function withTransfer(
  given: string | undefined,
  service: string | undefined,
  note: (text: string) => void,
  act: (transfer: Transfer) => Promise<void>,
): Promise<void> {
  const id = checkId(given ?? '');
  const sources = known(service);
  try {
    const { transfer } = await find(id, sources, note);
    await act(transfer);
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}

interface Found {
  readonly transfer: Transfer;
  /** Where it was found. */
  readonly source: Source;
}

/**
 * Finds a transfer, whichever service has it.
 *
 * @param note Is told of a service that could not be asked.
 */
export async function find(
  id: string,
  sources: readonly Source[],
  note: (text: string) => void,
): Promise<Found> {
  const failures: DosvcError[] = [];
  for (const source of sources) {
    try {
      const found = await source.get(id);
      if (found !== undefined) return { transfer: found, source };
    } catch (error) {
      if (!(error instanceof DosvcError) || error.code === 'E_ACCESSDENIED') throw error;
      if (error.code === 'ERR_DOSVC_INTERFACE_MISSING') continue;
      failures.push(error);
    }
  }
  const [first] = failures;
  // Nobody was asked.
  if (first !== undefined && failures.length === sources.length) throw first;
  for (const { message } of failures) note(message);
  throw new DosvcError(
    `No service knows a job or a download with the id ${id}. Perhaps it has ended, or belongs to another user.`,
    { code: 'BG_E_NOT_FOUND', hresult: 0x80200001 },
  );
}
