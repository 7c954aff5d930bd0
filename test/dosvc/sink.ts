// SPDX-License-Identifier: MIT
// A job's callback object that a test implements. It returns the HRESULTs that the test chooses.

import koffi from 'koffi';
import { iidOf } from '../facts/facts.js';
import type { Pointer } from '../com/vtable.js';
import { ComObject } from '../com/com-object.js';

const transferred = koffi.proto('int32_t __stdcall SinkTransferred(void *self, void *job)');
const failed = koffi.proto('int32_t __stdcall SinkError(void *self, void *job, void *error)');
const modified = koffi.proto(
  'int32_t __stdcall SinkModification(void *self, void *job, uint32_t reserved)',
);

export type Told = 'transferred' | 'error' | 'modification';

export class Sink {
  /** The callbacks that were received, in order. */
  readonly told: Told[] = [];
  readonly #object: ComObject;

  /** @param answer returns the HRESULT of a callback that was received `times` times before */
  constructor(answer: (told: Told, times: number) => number = () => 0) {
    const tell = (told: Told) => () => {
      const times = this.told.filter((one) => one === told).length;
      this.told.push(told);
      return answer(told, times) | 0;
    };
    this.#object = new ComObject(
      [iidOf('IBackgroundCopyCallback')],
      [
        [tell('transferred'), transferred],
        [tell('error'), failed],
        [tell('modification'), modified],
      ],
    );
  }

  get object(): Pointer {
    return this.#object.pointer;
  }

  get references(): number {
    return this.#object.references;
  }
}
