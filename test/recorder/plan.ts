// SPDX-License-Identifier: MIT
//
// A test's plan for one method, packed for the recorder: the steps that plan.h declares.

/** In the order of Step::Kind. */
const kinds = [
  'copyBytes',
  'copyText',
  'copyBstr',
  'copyArray',
  'keepSink',
  'writeBytes',
  'writeMemory',
  'writeBstr',
  'writeArray',
  'writeObject',
  'writeSink',
] as const;

export interface Step {
  kind: (typeof kinds)[number];
  argument: number;
  /** Whether to copy what the pointer at the place points to, and not the place itself. */
  behind?: boolean;
  /** Of the place, from where the argument points. */
  offset?: number;
  data?: Buffer;
}

export interface Plan {
  hresult?: number;
  /** The call waits for letGo() before it writes and returns. */
  held?: boolean;
  steps?: Step[];
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function uint64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** The sixteen bytes of a GUID as they lie in memory. */
export function guidBytes(text: string): Buffer {
  const [first, second, third, ...rest] = text.replaceAll(/[{}]/g, '').split('-');
  if (!first || !second || !third) throw new TypeError(`no GUID: ${text}`);
  const swapped = [first, second, third].map((part) => Buffer.from(part, 'hex').reverse());
  return Buffer.concat([...swapped, Buffer.from(rest.join(''), 'hex')]);
}

/** A wide string with its NUL. */
export function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

export function counted(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

export function packPlan({ hresult = 0, held = false, steps = [] }: Plan): Buffer {
  const packed = steps.map((step) =>
    Buffer.concat([
      Buffer.from([kinds.indexOf(step.kind), step.argument, step.behind ? 1 : 0]),
      uint32(step.offset ?? 0),
      counted(step.data ?? Buffer.alloc(0)),
    ]),
  );
  return Buffer.concat([uint32(hresult), Buffer.from([held ? 1 : 0]), ...packed]);
}
