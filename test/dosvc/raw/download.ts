// SPDX-License-Identifier: MIT
// A download of the newer API, called slot by slot through koffi, without the binding. The slots and
// IIDs are those of facts.json.

import koffi from 'koffi';
import { iidOf } from '../../facts/facts.js';
import { pointerSize } from '../../facts/struct-layout.js';
import { wide } from '../../recorder/plan.js';
import {
  activate,
  call,
  invoke,
  invokeSlot,
  pointerBytes,
  pointerIn,
  query,
  release,
  room,
  type Pointer,
} from '../../com/vtable.js';
import { clsid } from '../../stand-in/client/installation.js';

/** In the order of DODownloadState. */
const states = [
  'created',
  'transferring',
  'transferred',
  'finalized',
  'aborted',
  'paused',
] as const;
export type State = (typeof states)[number];

export interface Status {
  total: number;
  transferred: number;
  state: State;
  error: number;
  extendedError: number;
}

/** The members of DODownloadProperty. */
export const Property = {
  Id: 0,
  Uri: 1,
  ContentId: 2,
  DisplayName: 3,
  LocalPath: 4,
  HttpCustomHeaders: 5,
  CostPolicy: 6,
  SecurityFlags: 7,
  CallbackFreqPercent: 8,
  CallbackFreqSeconds: 9,
  NoProgressTimeoutSeconds: 10,
  ForegroundPriority: 11,
  BlockingMode: 12,
  CallbackInterface: 13,
  StreamInterface: 14,
  SecurityContext: 15,
  NetworkToken: 16,
  CorrelationVector: 17,
  DecryptionInfo: 18,
  IntegrityCheckInfo: 19,
  IntegrityCheckMandatory: 20,
  TotalSizeBytes: 21,
  DisallowOnCellular: 22,
  HttpCustomAuthHeaders: 23,
  HttpAllowSecureToNonSecureRedirect: 24,
  NonVolatile: 25,
  HttpRedirectionTarget: 26,
  HttpResponseHeaders: 27,
  HttpServerIPAddress: 28,
  HttpStatusCode: 29,
} as const;

export const VT = {
  EMPTY: 0,
  I4: 3,
  R8: 5,
  BSTR: 8,
  DISPATCH: 9,
  BOOL: 11,
  UNKNOWN: 13,
  UI4: 19,
  UI8: 21,
  BYTES: 0x2011,
} as const;

/** A VARIANT's type and value. */
export type Variant = [type: number, value: string | bigint];

const automation = koffi.load('oleaut32.dll');
const allocate = automation.func('void * __stdcall SysAllocString(void *)') as (
  text: Buffer,
) => Pointer;
const freeText = automation.func('void __stdcall SysFreeString(void *)') as (text: Pointer) => void;
const clear = automation.func('int32_t __stdcall VariantClear(void *)') as (
  value: Buffer,
) => number;

/** Returns a VARIANT that the caller clears. */
function packed([type, value]: Variant): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(type, 0);
  bytes.writeBigInt64LE(typeof value === 'string' ? allocate(wide(value)) : value, 8);
  return bytes;
}

function statusIn(bytes: Buffer): Status {
  return {
    total: Number(bytes.readBigUInt64LE(0)),
    transferred: Number(bytes.readBigUInt64LE(8)),
    state: states[bytes.readUInt32LE(16)] ?? 'created',
    error: bytes.readUInt32LE(20),
    extendedError: bytes.readUInt32LE(24),
  };
}

/** Reads the DO_DOWNLOAD_STATUS that a callback receives. */
export function statusAt(address: Pointer): Status {
  return statusIn(Buffer.from(koffi.decode(address, 'uint8_t', 32) as Uint8Array));
}

/** DO_DOWNLOAD_RANGES_INFO: a number, four bytes of padding, and the ranges. */
export function rangesOf(...ranges: [offset: bigint, length: bigint][]): Buffer {
  const bytes = Buffer.alloc(Math.max(24, 8 + ranges.length * 16));
  bytes.writeUInt32LE(ranges.length, 0);
  ranges.flat().forEach((value, at) => bytes.writeBigUInt64LE(value, 8 + at * 8));
  return bytes;
}

export const wholeFile = rangesOf();
export const toEnd = 0xffffffffffffffffn;

export class RawDownload {
  readonly pointer: Pointer;

  constructor(pointer: Pointer) {
    this.pointer = pointer;
  }

  start(ranges: Buffer | null = wholeFile): Promise<number> {
    return invoke(this.pointer, 'IDODownload::Start', ranges);
  }
  pause(): Promise<number> {
    return invoke(this.pointer, 'IDODownload::Pause');
  }
  abort(): Promise<number> {
    return invoke(this.pointer, 'IDODownload::Abort');
  }
  finalize(): Promise<number> {
    return invoke(this.pointer, 'IDODownload::Finalize');
  }

  async status(): Promise<Status> {
    const bytes = room(32);
    await call(this.pointer, 'IDODownload::GetStatus', bytes);
    return statusIn(bytes);
  }

  /** Returns SetProperty's HRESULT. */
  async trySet(property: number, value: Variant): Promise<number> {
    const bytes = packed(value);
    const hresult = await invoke(this.pointer, 'IDODownload::SetProperty', property, bytes);
    if (typeof value[1] === 'string') clear(bytes);
    return hresult;
  }

  async set(property: number, value: Variant): Promise<void> {
    const hresult = await this.trySet(property, value);
    if (hresult !== 0)
      throw new Error(`SetProperty(${String(property)}): 0x${hresult.toString(16)}`);
  }

  /** Returns the value, or GetProperty's HRESULT. */
  async get(property: number): Promise<Variant | number> {
    const bytes = packed([VT.EMPTY, 0n]);
    const hresult = await invoke(this.pointer, 'IDODownload::GetProperty', property, bytes);
    if (hresult !== 0) return hresult;
    const type = bytes.readUInt16LE(0);
    const found: Variant = [type, valueIn(type, bytes)];
    clear(bytes);
    return found;
  }

  async id(): Promise<string> {
    const found = await this.get(Property.Id);
    if (typeof found === 'number') throw new Error(`GetProperty(Id): 0x${found.toString(16)}`);
    return String(found[1]);
  }

  /** Resolves when it is in this state, and rejects if an error holds it up. */
  async reach(state: State): Promise<Status> {
    for (;;) {
      const now = await this.status();
      if (now.state === state) return now;
      if (now.error !== 0 || now.state === 'aborted') throw new Error(JSON.stringify(now));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves when an error holds it up. */
  async fails(): Promise<Status> {
    for (;;) {
      const now = await this.status();
      if (now.error !== 0) return now;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves when some of its bytes have arrived. */
  async begins(): Promise<void> {
    while ((await this.status()).transferred === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Does not block JavaScript: in response, the service may release an object of ours. */
  release(): void {
    void invokeSlot(this.pointer, 2);
  }
}

/** Returns a text as is, an interface as 0 or 1, a number in its size, and VARIANT_TRUE as -1. */
function valueIn(type: number, bytes: Buffer): string | bigint {
  if (type === VT.BSTR) return koffi.decode.string16(bytes.readBigUInt64LE(8));
  if (type === VT.UNKNOWN) return bytes.readBigUInt64LE(8) === 0n ? 0n : 1n;
  if (type === VT.BOOL) return BigInt(bytes.readInt16LE(8));
  return type === VT.UI4 ? BigInt(bytes.readUInt32LE(8)) : bytes.readBigUInt64LE(8);
}

async function manager(): Promise<Pointer> {
  const object = room();
  const hresult = await activate(clsid, iidOf('IDOManager'), object);
  if (hresult !== 0) throw new Error(`CoCreateInstance: 0x${hresult.toString(16)}`);
  return pointerIn(object);
}

export async function createDownload(): Promise<RawDownload> {
  const made = room();
  const object = await manager();
  await call(object, 'IDOManager::CreateDownload', made);
  release(object);
  return new RawDownload(pointerIn(made));
}

/** Creates a download of a URL to a path. */
export async function createFor(url: string, path: string): Promise<RawDownload> {
  const download = await createDownload();
  await download.set(Property.Uri, [VT.BSTR, url]);
  await download.set(Property.LocalPath, [VT.BSTR, path]);
  return download;
}

/** Calls EnumDownloads, and returns the enumerator or the HRESULT. */
export async function enumerate(
  category: [property: number, value: string] | null,
): Promise<Pointer | number> {
  const object = await manager();
  const found = room();
  const text = allocate(wide(category?.[1] ?? ''));
  // A number, and a pointer at its own alignment.
  const struct = Buffer.alloc(2 * pointerSize);
  struct.writeUInt32LE(category?.[0] ?? 0, 0);
  pointerBytes(text).copy(struct, pointerSize);
  const address = 'IDOManager::EnumDownloads';
  const hresult = await invoke(object, address, category && struct, found);
  freeText(text);
  release(object);
  return hresult === 0 ? pointerIn(found) : hresult;
}

/** Returns the next download of an enumerator, or null. */
export async function next(enumerator: Pointer): Promise<RawDownload | null> {
  const [unknown, fetched, download] = [room(), room(4), room()];
  const hresult = await invokeSlot(enumerator, 3, 1, unknown, fetched);
  if (hresult !== 0) return null;
  await query(pointerIn(unknown), 'IDODownload', download);
  release(pointerIn(unknown));
  return new RawDownload(pointerIn(download));
}

/** Returns the ids of the downloads of a category, or the HRESULT. */
export async function idsOf(
  category: [property: number, value: string] | null,
): Promise<string[] | number> {
  const enumerator = await enumerate(category);
  if (typeof enumerator === 'number') return enumerator;
  const ids: string[] = [];
  for (;;) {
    const download = await next(enumerator);
    if (!download) break;
    ids.push(await download.id());
    download.release();
  }
  release(enumerator);
  return ids;
}
