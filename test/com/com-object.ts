// SPDX-License-Identifier: MIT
// A COM object that a test creates with koffi. Its methods are functions of the test.

import koffi, { type TypeObject } from 'koffi';
import { iidOf } from '../facts/facts.js';
import { guidBytes } from '../recorder/plan.js';
import type { Pointer } from './vtable.js';

const E_NOINTERFACE = 0x80004002 | 0;

const query = koffi.proto('int32_t __stdcall ObjectQuery(void *self, void *iid, void *object)');
const count = koffi.proto('uint32_t __stdcall ObjectCount(void *self)');

const addRef = koffi.proto('__stdcall', 'uint32_t', ['void *']);

/**
 * Adds a reference to an object that a method was lent. Synchronous, because an asynchronous call
 * would come too late.
 */
export function keep(object: Pointer): void {
  const table = koffi.decode(object, 'void *') as Pointer;
  const code = koffi.decode(table, koffi.sizeof('void *'), 'void *') as Pointer;
  (koffi.decode(code, addRef) as (self: Pointer) => number)(object);
}

/** Called on an RPC thread, and run on the JavaScript thread. */
export type Method = (self: Pointer, ...args: never[]) => number;

/** Never freed, because a COM thread may still be inside a method. */
export class ComObject {
  /** The object: a pointer to a pointer to its methods. */
  readonly pointer: Pointer;
  references = 1;

  /**
   * @param iids of its interfaces, besides IUnknown
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
