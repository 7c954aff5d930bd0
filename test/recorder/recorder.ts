// SPDX-License-Identifier: MIT
//
// The recorder as a test uses it: recorder.dll through koffi.

import { channel } from 'node:diagnostics_channel';
import koffi, { type KoffiFunc } from 'koffi';
import { join } from 'node:path';
import { counted, guidBytes, packPlan, uint32, uint64, type Plan } from './plan.ts';

/** A COM method, by its interface and its slot. */
export interface Place {
  iid: string;
  slot: number;
}

interface Seen {
  object: number;
  iid: string;
  thread: number;
  /** An APTTYPE. */
  apartment: number;
}

export interface CallEntry extends Seen {
  event: 'call';
  slot: number;
  /** Raw, of 64 bits each, as decimal digits. Those past the method's own have arbitrary values. */
  arguments: string[];
  /** One for each copying step of the plan: hexadecimal digits, a kept sink's number, or "null". */
  copies: string[];
}

export interface BlanketEntry extends Seen {
  event: 'blanket';
  authentication: number;
  authorization: number;
  principal: string;
  level: number;
  impersonation: number;
  identity: string;
  capabilities: number;
}

export type Entry = CallEntry | BlanketEntry;

/**
 * What a sink is called with: a number, as a bigint if it has 64 bits on every processor; bytes to point to;
 * or an object's interface.
 */
export type SinkArgument = number | bigint | Buffer | { object: RecordedObject; iid: string };

// What our callback objects answer: see record-rows.ts.
const answers = channel('dosvc-test:answer');

const output = join(import.meta.dirname, '../../build/test');
const library = koffi.load(
  join(output, process.arch === 'x64' ? '' : process.arch, 'recorder.dll'),
);

/** Binds an export: `now` calls it on this thread, `elsewhere` on another, beside JavaScript. */
function bind<Arguments extends unknown[], Result = void>(definition: string) {
  const found = library.func(definition) as unknown as KoffiFunc<(...args: Arguments) => Result>;
  return {
    now: found as (...args: Arguments) => Result,
    elsewhere: (...args: Arguments) =>
      new Promise<Result>((resolve, reject) => {
        found.async(...args, (error: Error | null, result: Result) => {
          if (error) reject(error);
          else resolve(result);
        });
      }),
  };
}

const registerClassAs = bind<[Buffer], number>('int32_t RegisterClassAs(const uint8_t *)');
const chosenRoot = bind<[number]>('void SetRoot(uint32_t)');
const offer = bind<[Buffer]>('void Offer(const uint8_t *)');
const sizesOf = bind<[Buffer, number, Buffer, number]>(
  'void SetSizes(const uint8_t *, uint32_t, const uint8_t *, uint32_t)',
);
const currentThread = bind<[], number>('uint32_t CurrentThread()');
const journal = bind<[], string>('const char *TakeJournal()');
const countNotFreed = bind<[], number>('uint32_t CountNotFreed()');
const countAsUtf16 = bind<[Buffer, number], number>(
  'uint32_t CountAsUtf16(const uint8_t *, uint32_t)',
);
const makeObject = bind<[], number>('uint32_t MakeObject()');
const countReferences = bind<[number], number>('uint32_t CountReferences(uint32_t)');
const tell = bind<[number, Buffer, number, Buffer, number]>(
  'void Tell(uint32_t, const uint8_t *, uint32_t, const uint8_t *, uint32_t)',
);
const tellBlanket = bind<[number, number]>('void TellBlanket(uint32_t, int32_t)');
const deny = bind<[number, Buffer]>('void Deny(uint32_t, const uint8_t *)');
const addElement = bind<[number, number, Buffer]>(
  'void AddElement(uint32_t, uint32_t, const uint8_t *)',
);
const endElements = bind<[number, number]>('void EndElements(uint32_t, int32_t)');
const letGo = bind<[number]>('void LetGo(uint32_t)');
const dropSink = bind<[number]>('void DropSink(uint32_t)');
const querySink = bind<[number, Buffer], number>('int32_t QuerySink(uint32_t, const uint8_t *)');
const callSink = bind<[number, Buffer, number, Buffer, number, number], number>(
  'int32_t CallSink(uint32_t, const uint8_t *, uint32_t, const uint8_t *, uint32_t, uint32_t)',
);
const describeDeclarations = bind<[], string>('const char *DescribeDeclarations()');

/** A COM object that answers as its test has planned. */
export class RecordedObject {
  readonly number = makeObject.now();

  /** How many references callers hold. */
  get references(): number {
    return countReferences.now(this.number);
  }

  /** Plans the method from now on. A method without a plan answers S_OK and writes nothing. */
  tell({ iid, slot }: Place, plan: Plan): void {
    const packed = packPlan(plan);
    tell.now(this.number, guidBytes(iid), slot, packed, packed.length);
  }

  /** Sets what setting a blanket answers; with E_NOINTERFACE there is no IClientSecurity. */
  tellBlanket(hresult: number): void {
    tellBlanket.now(this.number, hresult | 0);
  }

  deny(iid: string): void {
    deny.now(this.number, guidBytes(iid));
  }

  /**
   * Makes it an enumerator that yields these elements and then answers `end`: S_FALSE, it has no more;
   * S_OK, it succeeds and yields nothing; or a failure.
   */
  enumerate(elements: (RecordedObject | null)[], iid: string, end = 1): void {
    for (const element of elements) {
      addElement.now(this.number, element?.number ?? 0, guidBytes(iid));
    }
    endElements.now(this.number, end | 0);
  }

  /** Lets its held calls continue. */
  letGo(): void {
    letGo.now(this.number);
  }
}

/** A callback object that was handed to the recorder. */
export class RecordedSink {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  /** Calls it on another thread, as a service does, and waits without blocking JavaScript. */
  async call({ iid, slot }: Place, args: SinkArgument[]): Promise<number> {
    const packed = Buffer.concat(args.map(packSinkArgument));
    const hresult = await callSink.elsewhere(
      this.number,
      guidBytes(iid),
      slot,
      packed,
      packed.length,
      1,
    );
    answers.publish({ iid, slot, hresult: hresult >>> 0 });
    return hresult >>> 0;
  }

  /** Calls it, once or more often, while JavaScript waits, so that nothing reaches JavaScript meanwhile. */
  callNow({ iid, slot }: Place, args: SinkArgument[], times = 1): number {
    const packed = Buffer.concat(args.map(packSinkArgument));
    const hresult = callSink.now(this.number, guidBytes(iid), slot, packed, packed.length, times);
    answers.publish({ iid, slot, hresult: hresult >>> 0 });
    return hresult >>> 0;
  }

  /** What its QueryInterface answers. */
  query(iid: string): number {
    return querySink.now(this.number, guidBytes(iid)) >>> 0;
  }

  drop(): void {
    dropSink.now(this.number);
  }
}

function packSinkArgument(argument: SinkArgument): Buffer {
  if (typeof argument === 'number') return Buffer.concat([Buffer.from('n'), uint64(argument)]);
  if (typeof argument === 'bigint') return Buffer.concat([Buffer.from('w'), uint64(argument)]);
  if (Buffer.isBuffer(argument)) return Buffer.concat([Buffer.from('b'), counted(argument)]);
  return Buffer.concat([Buffer.from('o'), uint32(argument.object.number), guidBytes(argument.iid)]);
}

/**
 * Sets how many bytes each argument of a method takes on the stack of x86. There, no object's method can be
 * called before.
 */
export function setSizes({ iid, slot }: Place, sizes: number[]): void {
  sizesOf.now(guidBytes(iid), slot, Buffer.from(sizes), sizes.length);
}

/** Registers the class in this process; every object has these interfaces. */
export function registerClass(clsid: string, iids: string[]): void {
  for (const iid of iids) offer.now(guidBytes(iid));
  const hresult = registerClassAs.now(guidBytes(clsid));
  if (hresult < 0) throw new Error(`CoRegisterClassObject: 0x${(hresult >>> 0).toString(16)}`);
}

/** Sets the object that each later activation returns. */
export function setRoot(root: RecordedObject): void {
  chosenRoot.now(root.number);
}

/** What was recorded since the last call. */
export function takeJournal(): Entry[] {
  return JSON.parse(journal.now()) as Entry[];
}

/** How many blocks that the recorder allocated for callers have not been freed. */
export function notFreed(): number {
  return countNotFreed.now();
}

/**
 * How often an ASCII text is in this process's memory as UTF-16, which is how the addon holds it; V8 holds
 * it as ASCII.
 */
export function copiesInMemory(text: string): number {
  const bytes = Buffer.from(text, 'latin1');
  return countAsUtf16.now(bytes, bytes.length);
}

export function thisThread(): number {
  return currentThread.now();
}

/** Our own declarations as compiled: see layout.cc. */
export function declarations(): string[][] {
  const lines = describeDeclarations.now().trim().split('\n');
  return lines.map((line) => line.split(' '));
}
