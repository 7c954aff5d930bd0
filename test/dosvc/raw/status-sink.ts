// SPDX-License-Identifier: MIT
// A download's callback object that a test implements.

import koffi from 'koffi';
import { iidOf } from '../../facts/facts.js';
import type { Pointer } from '../../com/vtable.js';
import { ComObject } from '../../com/com-object.js';
import { RawDownload, statusAt, VT, type State, type Status, type Variant } from './download.js';

const changed = koffi.proto(
  'int32_t __stdcall StatusChange(void *self, void *download, void *status)',
);

export class StatusSink {
  /** The statuses that were received, in order. */
  readonly told: Status[] = [];
  readonly object: ComObject;

  /** @param tell gets the download that the service passes, valid only during the call */
  constructor(tell: (download: RawDownload, status: Status) => void = () => undefined) {
    const onStatusChange = (_self: Pointer, download: Pointer, status: Pointer) => {
      const now = statusAt(status);
      this.told.push(now);
      tell(new RawDownload(download), now);
      return 0;
    };
    this.object = new ComObject([iidOf('IDODownloadStatusCallback')], [[onStatusChange, changed]]);
  }

  /** The states in the order in which they were entered. */
  get states(): State[] {
    const states = this.told.map(({ state }) => state);
    return states.filter((state, at) => state !== states[at - 1]);
  }

  get variant(): Variant {
    return [VT.UNKNOWN, this.object.pointer];
  }
}
