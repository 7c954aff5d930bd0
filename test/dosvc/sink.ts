// SPDX-License-Identifier: MIT
// A callback object of a test's own, made by koffi: it answers what the test says.

import koffi, { type TypeObject } from 'koffi';
import { iidOf } from '../abi/facts.js';
import { guidBytes } from '../recorder/plan.js';
import type { Pointer } from '../service/vtable.js';

const E_NOINTERFACE = 0x80004002 | 0;
const known = ['IUnknown', 'IBackgroundCopyCallback'].map((name) => guidBytes(iidOf(name)));

const query = koffi.proto('int32_t SinkQuery(void *self, void *iid, void *object)');
const count = koffi.proto('uint32_t SinkCount(void *self)');
const transferred = koffi.proto('int32_t SinkTransferred(void *self, void *job)');
const failed = koffi.proto('int32_t SinkError(void *self, void *job, void *error)');
const modified = koffi.proto('int32_t SinkModification(void *self, void *job, uint32_t reserved)');

export type Told = 'transferred' | 'error' | 'modification';

/** It is never freed: COM's threads may still be in it. */
export class Sink {
  /** What was told, in order. */
  readonly told: Told[] = [];
  /** The object: a pointer to a pointer to its methods. */
  readonly object: Pointer;
  references = 1;

  /** @param answer the HRESULT of what is told, which was told `times` times before */
  constructor(answer: (told: Told, times: number) => number = () => 0) {
    const tell = (told: Told) => () => {
      const times = this.told.filter((one) => one === told).length;
      this.told.push(told);
      return answer(told, times) | 0;
    };
    this.object = koffi.alloc('void *', 1) as Pointer;
    type Method = (self: Pointer, first: Pointer, second: Pointer) => number;
    const methods: [Method, TypeObject][] = [
      [(_self, iid, object) => this.#query(iid, object), query],
      [() => ++this.references, count],
      [() => --this.references, count],
      [tell('transferred'), transferred],
      [tell('error'), failed],
      [tell('modification'), modified],
    ];
    const table = koffi.alloc('void *', methods.length) as Pointer;
    const codes = methods.map(([method, type]) => koffi.register(method, koffi.pointer(type)));
    koffi.encode(table, 'void *', codes, codes.length);
    koffi.encode(this.object, 'void *', table);
  }

  #query(iid: Pointer, object: Pointer): number {
    const bytes = Buffer.from(koffi.decode(iid, 'uint8_t', 16) as Uint8Array);
    const found = known.some((one) => one.equals(bytes));
    koffi.encode(object, 'void *', found ? this.object : null);
    if (found) this.references++;
    return found ? 0 : E_NOINTERFACE;
  }
}
