// SPDX-License-Identifier: MIT
// Keeps threads that use BITS at the same time away from a mistake of Wine 8's COM (Wine 10 no longer
// makes it): it hands a thread a proxy that another thread has just released and is destroying. A proxy
// in use is never destroyed, and threads that take turns do not meet. Otherwise, one run of 25 of
// workers.mjs crashed in combase.dll's unmarshal_object, which CoCreateInstance had called.

import { setTimeout as sleep } from 'node:timers/promises';
import koffi from 'koffi';

const ole32 = koffi.load('ole32.dll');
const CoIncrementMTAUsage = ole32.func('int32_t __stdcall CoIncrementMTAUsage(void *)');
const CoGetClassObject = ole32.func(
  'int32_t __stdcall CoGetClassObject(void *, uint32_t, void *, void *, void *)',
);
const CreateInstance = koffi.proto(
  'int32_t __stdcall CreateInstance(void *, void *, void *, void *)',
);
const QueryInterface = koffi.proto('int32_t __stdcall QueryInterface(void *, void *, void *)');

const BackgroundCopyManager = '4bd39149a180914283b63328366b9097';
const IClassFactory = '0100000000000000c000000000000046';
const IBackgroundCopyManager = '0d4ce35cc90d1f4c897cdaa1b78cee7c';
const CLSCTX_LOCAL_SERVER = 4;
const E_NOINTERFACE = 0x80004002 | 0;

/** @param {string} bytes in hexadecimal */
const guid = (bytes) => Buffer.from(bytes, 'hex');
const pointer = () => Buffer.alloc(koffi.sizeof('void *'));

/** @param {number} hresult */
function succeeded(hresult) {
  if (hresult < 0) throw new Error(`BITS cannot be kept in use: ${hresult}`);
}

/**
 * Makes this process hold what all connections to BITS share, until it ends: the factory, the manager,
 * and IRemUnknown, which a proxy keeps once it has asked the service for another interface.
 */
export function keepInUse() {
  const [factory, manager] = [pointer(), pointer()];
  const clsid = guid(BackgroundCopyManager);
  succeeded(CoIncrementMTAUsage(pointer()));
  succeeded(CoGetClassObject(clsid, CLSCTX_LOCAL_SERVER, null, guid(IClassFactory), factory));
  const object = koffi.decode(factory, 'void *');
  const table = koffi.decode(object, 'void *');
  const query = koffi.decode(koffi.decode(table, 0, 'void *'), QueryInterface);
  if (query(object, guid(IBackgroundCopyManager), pointer()) !== E_NOINTERFACE) {
    throw new Error('The factory of BITS has another interface than it should');
  }
  const create = koffi.decode(koffi.decode(table, 3 * factory.length, 'void *'), CreateInstance);
  succeeded(create(object, null, guid(IBackgroundCopyManager), manager));
}

/**
 * Connects, but not while another thread does: during an activation, each of them has a proxy for the
 * object through which Wine's service gives out its factory.
 * @template T
 * @param {SharedArrayBuffer} turns of four bytes, all zero
 * @param {() => Promise<T>} connect
 * @returns {Promise<T>}
 */
export async function takeTurns(turns, connect) {
  const taken = new Int32Array(turns);
  // Atomics.waitAsync() would not keep the thread alive.
  while (Atomics.exchange(taken, 0, 1) === 1) await sleep(2);
  try {
    return await connect();
  } finally {
    Atomics.store(taken, 0, 0);
  }
}
