// SPDX-License-Identifier: MIT
//
// Looks at one source of transfers again and again. A service that stops, or does not answer, is looked at
// again: the transfers are its own, and so they come back with it.

import { setTimeout as sleep } from 'node:timers/promises';
import { DosvcError } from '../../index.js';
import { readAll } from '../transfers/listing.js';
import type { Reading, Source } from '../transfers/transfer.js';

/** What is known of a source. */
export interface Sight {
  readonly source: Source;
  /** The newest that could be read; null before. */
  readings: readonly Reading[] | null;
  /** Why it cannot be looked at now; null if it can. */
  trouble: DosvcError | null;
  /** Whether the look that is being made takes longer than it should: the service hangs. */
  late: boolean;
  /** Why it is not looked at any more: this system or this service does not have it. */
  lacking: DosvcError | null;
}

// No services on this system, no permission, or a wrong id: waiting changes nothing.
const forGood = new Set([
  'BG_E_NOT_FOUND',
  'ERR_DOSVC_UNSUPPORTED_PLATFORM',
  'ERR_DOSVC_NO_BINARY',
  'ERR_DOSVC_LOAD_FAILED',
  'E_ACCESSDENIED',
]);
// Delivery Optimization does not list its jobs.
const lacking = new Set(['ERR_DOSVC_SERVICE_MISSING', 'ERR_DOSVC_INTERFACE_MISSING', 'E_NOTIMPL']);

/** What is known before the first look. */
export function sightOf(source: Source): Sight {
  return { source, readings: null, trouble: null, late: false, lacking: null };
}

/** How often a source is looked at, in milliseconds. */
export interface Pace {
  /** The pause after each look. */
  readonly interval: number;
  /** How long a look may take before the service is said not to answer. */
  readonly patience: number;
}

/**
 * Looks until the signal is aborted, which rejects, or until the service turns out not to be there, which
 * resolves.
 *
 * @param seen Called after each look, and once one is late.
 */
export async function lookAt(
  sight: Sight,
  { signal, interval, patience }: Pace & { signal: AbortSignal },
  seen: () => void,
): Promise<void> {
  const { source } = sight;
  try {
    for (;;) {
      signal.throwIfAborted();
      const timer = setTimeout(() => {
        sight.late = true;
        seen();
      }, patience);
      try {
        sight.readings = await readAll(await source.list());
        sight.trouble = null;
      } catch (error) {
        if (!(error instanceof DosvcError) || forGood.has(error.code)) throw error;
        if (lacking.has(error.code)) {
          Object.assign(sight, { readings: [], trouble: null, lacking: error });
          return;
        }
        sight.trouble = error;
        // What the connection knew may have gone with the service.
        await source.close();
      } finally {
        clearTimeout(timer);
        sight.late = false;
        seen();
      }
      await sleep(interval, undefined, { signal });
    }
  } finally {
    await source.close();
  }
}
