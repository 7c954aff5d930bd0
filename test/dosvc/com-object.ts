// SPDX-License-Identifier: MIT
// A COM object of a test's own, made by koffi: its methods are the test's functions.

import koffi, { type TypeObject } from 'koffi';
import { iidOf } from '../abi/facts.js';
import { guidBytes } from '../recorder/plan.js';
import type { Pointer } from '../service/vtable.js';

const E_NOINTERFACE = 0x80004002 | 0;

const query = koffi.proto('int32_t ObjectQuery(void *self, void *iid, void *object)');
const count = koffi.proto('uint32_t ObjectCount(void *self)');

const addRef = koffi.proto('__stdcall', 'uint32_t', ['void *']);

/** Keeps an object that a method was lent. At once: a call that waits comes too late. */
export function keep(object: Pointer): void {
  const table = koffi.decode(object, 'void *') as Pointer;
  const code = koffi.decode(table, koffi.sizeof('void *'), 'void *') as Pointer;
  (koffi.decode(code, addRef) as (self: Pointer) => number)(object);
}

/** Called on a thread of RPC, and run on JavaScript's. */
export type Method = (self: Pointer, ...args: never[]) => number;

/** It is never freed: COM's threads may still be in it. */
export class ComObject {
  /** The object: a pointer to a pointer to its methods. */
  readonly pointer: Pointer;
  references = 1;

  /**
   * @param iids of its interfaces, beside IUnknown
   * @param methods from slot 3 on, with their types
   */
  constructor(iids: string[], methods: [Method, TypeObject][]) {
    const known = [iidOf('IUnknown'), ...iids].map(guidBytes);
    this.pointer = koffi.alloc('void *', 1) as Pointer;
    const all: [Method, TypeObject][] = [
      [(_self, iid: Pointer, object: Pointer) => this.#query(known, iid, object), query],
      [() => ++this.references, count],
      [() => --this.references, count],
      ...methods,
    ];
    const table = koffi.alloc('void *', all.length) as Pointer;
    const codes = all.map(([method, type]) => koffi.register(method, koffi.pointer(type)));
    koffi.encode(table, 'void *', codes, codes.length);
    koffi.encode(this.pointer, 'void *', table);
  }

  #query(known: Buffer[], iid: Pointer, object: Pointer): number {
    const bytes = Buffer.from(koffi.decode(iid, 'uint8_t', 16) as Uint8Array);
    const found = known.some((one) => one.equals(bytes));
    koffi.encode(object, 'void *', found ? this.pointer : null);
    if (found) this.references++;
    return found ? 0 : E_NOINTERFACE;
  }
}
