// SPDX-License-Identifier: MIT
// An IStream that a test implements. It keeps the bytes that are written to it.

import koffi from 'koffi';
import type { Pointer } from '../../com/vtable.js';
import { ComObject, type Method } from '../../com/com-object.js';
import { VT, type Variant } from './download.js';

// ISequentialStream and IStream, from the system's objidlbase.h.
const iids = ['0C733A30-2A1C-11CE-ADE5-00AA0044773D', '0000000C-0000-0000-C000-000000000046'];

const E_NOTIMPL = 0x80004001 | 0;

const wrote = koffi.proto(
  'int32_t __stdcall StreamWrite(void *self, void *bytes, uint32_t n, void *done)',
);
const other = koffi.proto('int32_t __stdcall StreamOther(void *self)');

export class StreamSink {
  readonly pieces: Buffer[] = [];
  /** The number of calls other than Write. */
  others = 0;
  #written = 0;
  readonly object: ComObject;

  /** @param answer returns the HRESULT of a Write, after this many bytes */
  constructor(answer: (written: number) => number = () => 0) {
    const write = (_self: Pointer, bytes: Pointer, size: number, done: Pointer) => {
      const hresult = answer(this.#written) | 0;
      if (hresult < 0) return hresult;
      this.pieces.push(Buffer.from(koffi.decode(bytes, 'uint8_t', size) as Uint8Array));
      this.#written += size;
      if (done) koffi.encode(done, 'uint32_t', size);
      return hresult;
    };
    const nothing: Method = () => {
      this.others++;
      return E_NOTIMPL;
    };
    // Read, Write, and the nine of IStream. On x64, the caller cleans up the stack in any case.
    const slots = [nothing, write, ...Array.from({ length: 9 }, () => nothing)];
    this.object = new ComObject(
      iids,
      slots.map((method) => [method, method === write ? wrote : other]),
    );
  }

  get bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }

  get variant(): Variant {
    return [VT.UNKNOWN, this.object.pointer];
  }
}
