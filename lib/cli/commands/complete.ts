// SPDX-License-Identifier: MIT
//
// dosvc complete: has the service give the files of a transfer their names.

import { DosvcError } from '../../index.js';
import { change } from '../transfers/change.js';

const ours =
  "This transfer was begun by 'dosvc get' or download(), which checks the file before it gets its name: run the same line, or the same program, again. To end it, use 'dosvc cancel'.";

export const complete = change({
  name: 'complete',
  summary: 'Give the files of a job or a download their names',
  more: ['Before everything is transferred, a job keeps only the files that are complete.'],
  said: 'Completed.',
  call: async (transfer) => {
    const { ours: isOurs } = await transfer.read();
    if (isOurs) throw new DosvcError(ours, { code: 'ERR_DOSVC_BUSY' });
    return transfer.complete();
  },
});
