// SPDX-License-Identifier: MIT
//
// Has a service go on with a transfer that was left to it: an abort with KEEP has paused it.

import type { TransferStart } from '../../index.js';
import { Downloads } from '../transfers/downloads.js';
import { Jobs } from '../transfers/jobs.js';

export async function goOn({ route, id }: TransferStart): Promise<void> {
  if (route === 'http' || id === null) return;
  const source = route === 'bits' ? new Jobs(route) : new Downloads(route);
  try {
    const transfer = await source.get(id);
    // Ended, if it is no longer there: its file is whole, and kept.
    await transfer?.resume();
  } finally {
    await source.close();
  }
}
