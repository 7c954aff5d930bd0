// SPDX-License-Identifier: MIT
// A download's callback object of a test's own.

import koffi from 'koffi';
import { iidOf } from '../../abi/facts.js';
import type { Pointer } from '../../service/vtable.js';
import { ComObject } from '../com-object.js';
import { RawDownload, statusAt, VT, type State, type Status, type Variant } from './download.js';

const changed = koffi.proto('int32_t StatusChange(void *self, void *download, void *status)');

export class StatusSink {
  /** What was told, in order. */
  readonly told: Status[] = [];
  readonly object: ComObject;

  /** @param tell with the download that the service passes, good as long as it runs */
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
