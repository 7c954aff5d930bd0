// SPDX-License-Identifier: MIT
//
// Keeps interfaces of this process registered with RPC. When a service releases the last stub of an
// interface, Wine 8's combase unregisters the interface, under a lock, and waits for calls to complete
// (rpc_unregister_interface, RpcServerUnregisterIf). If the last call completes as that wait begins,
// nobody ends it, and from then on every thread that marshals an object waits for the lock. So a stub of
// each interface stays.

import koffi from 'koffi';
import { guidBytes } from '../recorder/plan.js';
import { ComObject } from './com-object.js';
import { enterApartment, pointerIn, room, type Pointer } from './vtable.js';

const ole32 = koffi.load('ole32.dll');
const createStream = ole32.func('int32_t __stdcall CreateStreamOnHGlobal(void *, int, void *)') as (
  memory: null,
  freed: number,
  stream: Buffer,
) => number;
const marshal = ole32.func(
  'int32_t __stdcall CoMarshalInterface(void *, void *, void *, uint32_t, void *, uint32_t)',
) as (
  stream: Pointer,
  iid: Buffer,
  object: Pointer,
  context: number,
  destination: null,
  flags: number,
) => number;

const tableStrong = 1; // MSHLFLAGS_TABLESTRONG: the stub stays, although nobody unmarshals it

/** Makes a stub of each of these interfaces, for as long as the process lives. */
export function holdStubs(iids: string[]): void {
  enterApartment();
  const object = new ComObject(iids, []);
  for (const iid of iids) {
    const stream = room();
    const made = createStream(null, 1, stream);
    const hresult =
      made || marshal(pointerIn(stream), guidBytes(iid), object.pointer, 0, null, tableStrong);
    if (hresult !== 0) throw new Error(`CoMarshalInterface: 0x${(hresult >>> 0).toString(16)}`);
  }
}
