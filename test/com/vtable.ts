// SPDX-License-Identifier: MIT
//
// COM without the binding: koffi calls through the vtable slots that facts.json lists. Its answers
// are an independent witness of what the service does.

import koffi, { type KoffiFunc, type TypeObject } from 'koffi';
import { guidBytes, uint64, wide } from '../recorder/plan.js';
import { iidOf, rowAt } from '../facts/facts.js';
import { pointerSize } from '../facts/struct-layout.js';

/** The address of an interface. */
export type Pointer = bigint;
/** A 32-bit or 64-bit number, a string that goes in, or what a pointer points to, in or out. */
export type Argument = number | bigint | string | Buffer | null;

const ole32 = koffi.load('ole32.dll');
const holdApartment = ole32.func('int32_t __stdcall CoIncrementMTAUsage(void *)') as KoffiFunc<
  (cookie: Buffer) => number
>;
const create = ole32.func(
  'int32_t __stdcall CoCreateInstance(void *, void *, uint32_t, void *, void *)',
) as KoffiFunc<
  (clsid: Buffer, outer: null, context: number, iid: Buffer, object: Buffer) => number
>;
const getClassObject = ole32.func(
  'int32_t __stdcall CoGetClassObject(void *, uint32_t, void *, void *, void *)',
) as KoffiFunc<
  (clsid: Buffer, context: number, server: null, iid: Buffer, object: Buffer) => number
>;
const freeMemory = ole32.func('void __stdcall CoTaskMemFree(void *)') as (memory: Pointer) => void;

const localServer = 4;

/** Room for a pointer. */
export function room(size = pointerSize): Buffer {
  return Buffer.alloc(size);
}

export function pointerIn(bytes: Buffer): Pointer {
  return pointerSize === 8 ? bytes.readBigUInt64LE() : BigInt(bytes.readUInt32LE());
}

/** A pointer as it lies in memory. */
export function pointerBytes(pointer: Pointer): Buffer {
  return uint64(pointer).subarray(0, pointerSize);
}

function method(object: Pointer, slot: number, type: TypeObject) {
  const table = koffi.decode(object, 'void *') as Pointer;
  const code = koffi.decode(table, slot * pointerSize, 'void *') as Pointer;
  return koffi.decode(code, type) as KoffiFunc<(self: Pointer, ...args: Argument[]) => number>;
}

/** Milliseconds. A service that does not answer fails the test, even if no test timeout applies. */
const patience = 60_000;

// Calls do not block JavaScript's thread: the service may be waiting for this process's HTTP
// server.
function started<Args extends unknown[]>(
  run: KoffiFunc<(...args: Args) => number>,
  args: Args,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error('The service does not answer'));
    }, patience);
    run.async(...args, (error: Error | null, hresult: number) => {
      clearTimeout(late);
      if (error) reject(error);
      else resolve(hresult >>> 0);
    });
  });
}

function typeOf(argument: Argument): string {
  if (typeof argument === 'number') return 'uint32_t';
  return typeof argument === 'bigint' ? 'uint64_t' : 'void *';
}

// Wine's RPC reads the word behind the last argument, and koffi's stack may end before it. So
// 64-bit calls, where the caller cleans the stack, pass one argument more.
const oneMore = pointerSize === 8 ? [null] : [];

/** Calls the method in a slot and returns its HRESULT. */
export function invokeSlot(object: Pointer, slot: number, ...args: Argument[]): Promise<number> {
  const all = [...args, ...oneMore];
  const type = koffi.proto('__stdcall', 'int32_t', ['void *', ...all.map(typeOf)]);
  const sent = all.map((arg) => (typeof arg === 'string' ? wide(arg) : arg));
  return started(method(object, slot, type), [object, ...sent]);
}

/** Calls a method and returns its HRESULT. */
export function invoke(object: Pointer, address: string, ...args: Argument[]): Promise<number> {
  return invokeSlot(object, rowAt(address).slot, ...args);
}

/** Calls a method and throws unless it returns S_OK. */
export async function call(object: Pointer, address: string, ...args: Argument[]): Promise<void> {
  const hresult = await invoke(object, address, ...args);
  if (hresult !== 0) throw new Error(`${address}: 0x${hresult.toString(16)}`);
}

export function release(object: Pointer): void {
  method(object, 2, koffi.proto('__stdcall', 'uint32_t', ['void *']))(object);
}

/** Calls QueryInterface and returns its HRESULT. */
export function query(object: Pointer, name: string, found: Buffer): Promise<number> {
  return invokeSlot(object, 0, guidBytes(iidOf(name)), found);
}

/** What a method writes through its only parameter. */
export async function read(object: Pointer, address: string, size: number): Promise<Buffer> {
  const bytes = room(size);
  await call(object, address, bytes);
  return bytes;
}

export async function readNumber(object: Pointer, address: string): Promise<number> {
  return (await read(object, address, 4)).readUInt32LE();
}

/** Reads a string that the service allocated, and frees it. */
export async function readText(object: Pointer, address: string): Promise<string> {
  const text = pointerIn(await read(object, address, pointerSize));
  const read16 = koffi.decode.string16(text);
  freeMemory(text);
  return read16;
}

/** Creates the multithreaded apartment, which koffi's threads then belong to. */
export function enterApartment(): void {
  if (holdApartment(room()) < 0) throw new Error('CoIncrementMTAUsage');
}

/** Gets a class's factory, in the server's process, and returns the HRESULT. */
export async function classObject(clsid: string, object: Buffer): Promise<number> {
  enterApartment();
  const iid = guidBytes('{00000001-0000-0000-c000-000000000046}'); // IClassFactory
  return started(getClassObject, [guidBytes(clsid), localServer, null, iid, object]);
}

/** Creates an object of a class, in the server's process, and returns the HRESULT. */
export async function activate(clsid: string, iid: string, object: Buffer): Promise<number> {
  enterApartment();
  return started(create, [guidBytes(clsid), null, localServer, guidBytes(iid), object]);
}

export async function connect(clsid: string): Promise<Pointer> {
  const object = room();
  const hresult = await activate(clsid, iidOf('IBackgroundCopyManager'), object);
  if (hresult !== 0) throw new Error(`CoCreateInstance: 0x${hresult.toString(16)}`);
  return pointerIn(object);
}
