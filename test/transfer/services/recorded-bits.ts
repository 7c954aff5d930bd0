// SPDX-License-Identifier: MIT
//
// A recorded BITS, for one test: what reaches the service, in order, and what it answers. Its jobs change
// only as the test says.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jobRoute } from '../../../lib/transfer/services/bits.js';
import { enumValue, hresultOf, iidOf, rowAt, rows } from '../../facts/facts.js';
import { layoutOf } from '../../facts/struct-layout.js';
import { guidBytes, uint32, uint64, type Plan, type Step } from '../../recorder/plan.js';
import { expectProperCalls } from '../../recorder/proper-calls.js';
import {
  notFreed,
  RecordedObject,
  RecordedSink,
  setRoot,
  takeJournal,
  type CallEntry,
  type Entry,
} from '../../recorder/recorder.js';
import { clsid, eventually } from '../../recorder/scene.js';
import { writtenObject, writtenText } from '../../recorder/taken.js';
import { nothingLeaks } from '../../binding/nothing-leaks.js';

export { hresultOf };

const looked = /::(Get\w+|Enum\w+|Next|SetNotify\w+)$/;
const setNotifyInterface = 'IBackgroundCopyJob::SetNotifyInterface';
const textArguments: Record<string, number[]> = {
  'IBackgroundCopyManager::CreateJob': [0],
  'IBackgroundCopyJob::SetDescription': [0],
  'IBackgroundCopyJob::AddFile': [0, 1],
  'IBackgroundCopyJobHttpOptions::SetCustomHeaders': [0],
  'IBackgroundCopyFile2::SetRemoteName': [0],
};
const numberRows = new Set([
  'IBackgroundCopyJob::SetPriority',
  'IBackgroundCopyJob::SetNoProgressTimeout',
  'IBackgroundCopyJob::SetMinimumRetryDelay',
  'IBackgroundCopyJobHttpOptions::SetSecurityFlags',
]);

/** A recorded job with its files. */
export interface RecordedJob {
  object: RecordedObject;
  files: RecordedObject[];
}

export class RecordedBits {
  readonly route = jobRoute(`{${clsid}}`);
  readonly #root = new RecordedObject();
  readonly #objects = [this.#root];
  readonly #journal: Entry[] = [];

  constructor() {
    takeJournal();
    setRoot(this.#root);
    this.tell(this.#root, 'IBackgroundCopyManager::CreateJob', {
      steps: [{ kind: 'copyText', argument: 0 }],
    });
    this.list([]);
  }

  tell(object: RecordedObject, address: string, plan: Plan): void {
    object.tell(rowAt(address), plan);
  }

  fails(object: RecordedObject, address: string, code: string): void {
    this.tell(object, address, { hresult: hresultOf(code) });
  }

  /** A job in a state, with files. */
  job({ description = '', state = 'SUSPENDED', files = [] as [string, string][] } = {}) {
    const object = this.#object();
    object.deny(iidOf('IDeliveryOptimizationJob'));
    object.deny(iidOf('IDeliveryOptimizationJob2'));
    this.tell(object, 'IBackgroundCopyJob::GetId', {
      steps: [written(0, guidBytes(randomUUID()))],
    });
    this.tell(object, 'IBackgroundCopyJob::GetDescription', {
      steps: [writtenText(0, description)],
    });
    this.tell(object, setNotifyInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
    const recorded: RecordedJob = {
      object,
      files: files.map((names) => this.#file(names)),
    };
    for (const [address, places] of Object.entries(textArguments)) {
      if (!address.startsWith('IBackgroundCopyJob')) continue;
      const steps = places.map((argument): Step => ({ kind: 'copyText', argument }));
      this.tell(object, address, { steps });
    }
    this.tell(object, 'IBackgroundCopyJob5::SetProperty', {
      steps: [{ kind: 'copyBytes', argument: 1, data: uint32(4) }],
    });
    this.#enumerate(object, 'IBackgroundCopyJob::EnumFiles', 0, 'Files', recorded.files);
    this.enter(recorded, state);
    return recorded;
  }

  /** The job that CreateJob returns from now on. */
  creates(): RecordedJob {
    const recorded = this.job();
    this.tell(this.#root, 'IBackgroundCopyManager::CreateJob', {
      steps: [
        { kind: 'copyText', argument: 0 },
        written(2, guidBytes(randomUUID())),
        writtenObject(3, recorded.object, 'IBackgroundCopyJob'),
      ],
    });
    return recorded;
  }

  /** The jobs that EnumJobs lists from now on. */
  list(jobs: RecordedJob[]): void {
    const objects = jobs.map(({ object }) => object);
    this.#enumerate(this.#root, 'IBackgroundCopyManager::EnumJobs', 1, 'Jobs', objects);
  }

  enter({ object }: RecordedJob, state: string): void {
    const number = enumValue(`BG_JOB_STATE_${state}`);
    this.tell(object, 'IBackgroundCopyJob::GetState', { steps: [written(0, uint32(number))] });
  }

  move({ object }: RecordedJob, transferred: number, total: number): void {
    const { fields, size } = layoutOf('BG_JOB_PROGRESS');
    const bytes = Buffer.alloc(size);
    const values: Record<string, number> = {
      BytesTotal: total,
      BytesTransferred: transferred,
      FilesTotal: 1,
    };
    for (const field of fields) {
      const value = values[field.name] ?? 0;
      (field.size === 4 ? uint32(value) : uint64(value)).copy(bytes, field.offset);
    }
    this.tell(object, 'IBackgroundCopyJob::GetProgress', { steps: [written(0, bytes)] });
  }

  /** The job has this error from now on. */
  err({ object }: RecordedJob, hresult: number): void {
    const error = this.#object();
    const context = enumValue('BG_ERROR_CONTEXT_GENERAL_TRANSPORT');
    this.tell(error, 'IBackgroundCopyError::GetError', {
      steps: [written(0, uint32(context)), written(1, uint32(hresult))],
    });
    for (const text of [
      'GetErrorDescription',
      'GetErrorContextDescription',
      'GetProtocol',
      'GetFile',
    ]) {
      this.fails(error, `IBackgroundCopyError::${text}`, 'E_NOTIMPL');
    }
    this.tell(object, 'IBackgroundCopyJob::GetError', {
      steps: [writtenObject(0, error, 'IBackgroundCopyError')],
    });
  }

  /** The service cannot delete the job's temporary file, which it names. */
  keepsTemporary(job: RecordedJob, temporary: string): void {
    const file = this.#file(['https://example.com/', 'C:\\app.msix']);
    this.tell(file, 'IBackgroundCopyFile3::GetTemporaryName', {
      steps: [writtenText(0, temporary)],
    });
    this.#enumerate(job.object, 'IBackgroundCopyJob::EnumFiles', 0, 'Files', [file]);
    this.fails(job.object, 'IBackgroundCopyJob::Cancel', 'BG_S_UNABLE_TO_DELETE_FILES');
  }

  /** The calls that change something, with their texts and numbers, in order. */
  calls(): string[] {
    return this.#calls().flatMap((call) => {
      const address = addressOf(call);
      if (looked.test(address)) return [];
      const [, method = ''] = address.split('::');
      const texts = call.copies.map((copy) =>
        copy === 'null' ? copy : Buffer.from(copy, 'hex').toString('utf16le'),
      );
      if (address === 'IBackgroundCopyJob5::SetProperty') {
        const [bytes = ''] = call.copies;
        const flags = Buffer.from(bytes, 'hex').readUInt32LE().toString(16);
        return [`${method} ${String(number(call))} ${flags}`];
      }
      if (numberRows.has(address)) return [`${method} ${String(number(call))}`];
      return [[method, ...texts].join(' ')];
    });
  }

  /** The methods that were called, also those that only look, in order. */
  methods(): string[] {
    return this.#calls().map((call) => addressOf(call).replace(/^.*::/, ''));
  }

  /** The flags for which the library asked last. */
  get notifyFlags(): number | undefined {
    const address = 'IBackgroundCopyJob::SetNotifyFlags';
    const last = this.#calls().findLast((call) => addressOf(call) === address);
    return last && number(last);
  }

  /** How often a method was called. */
  count(address: string): number {
    return this.#calls().filter((call) => addressOf(call) === address).length;
  }

  async close(): Promise<void> {
    this.#calls();
    await nothingLeaks();
    for (const object of this.#objects) for (const sink of this.#sinks(object)) sink?.drop();
    expectProperCalls(this.#journal);
    await eventually(() => {
      const held = this.#objects.filter(({ references }) => references !== 0);
      expect(held.map(({ number, references }) => ({ number, references }))).toEqual([]);
      expect(notFreed()).toBe(0);
    });
  }

  #sinks(object: RecordedObject): (RecordedSink | null)[] {
    return this.#calls()
      .filter((call) => call.object === object.number && addressOf(call) === setNotifyInterface)
      .map(({ copies: [copy] }) => (copy === 'null' ? null : new RecordedSink(Number(copy))));
  }

  #calls(): CallEntry[] {
    this.#journal.push(...takeJournal());
    return this.#journal.filter((entry) => entry.event === 'call');
  }

  #object(): RecordedObject {
    const object = new RecordedObject();
    this.#objects.push(object);
    return object;
  }

  #file([remoteName, localName]: [string, string]): RecordedObject {
    // Not watched: an enumerator that nobody asks keeps its files.
    const file = new RecordedObject();
    this.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: [writtenText(0, remoteName)] });
    this.tell(file, 'IBackgroundCopyFile::GetLocalName', { steps: [writtenText(0, localName)] });
    this.tell(file, 'IBackgroundCopyFile2::SetRemoteName', {
      steps: [{ kind: 'copyText', argument: 0 }],
    });
    return file;
  }

  #enumerate(
    object: RecordedObject,
    address: string,
    argument: number,
    what: 'Files' | 'Jobs',
    elements: RecordedObject[],
  ): void {
    const enumerator = this.#object();
    enumerator.enumerate(elements, iidOf(`IBackgroundCopy${what.slice(0, -1)}`));
    const steps = [writtenObject(argument, enumerator, `IEnumBackgroundCopy${what}`)];
    this.tell(object, address, { steps });
  }
}

function written(argument: number, data: Buffer): Step {
  return { kind: 'writeBytes', argument, data };
}

function addressOf({ iid, slot }: CallEntry): string {
  const row = rows.find((one) => one.iid === iid && one.slot === slot);
  return row?.address ?? `${iid}::${String(slot)}`;
}

function number({ arguments: [first = '0'] }: CallEntry): number {
  return Number(BigInt.asUintN(32, BigInt(first)));
}

interface Fixtures {
  bits: RecordedBits;
  folder: string;
  /** The file that an order names. */
  file: string;
}

export const it = test.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  bits: async ({}, use) => {
    const bits = new RecordedBits();
    await use(bits);
    await bits.close();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-transfer-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  file: async ({ folder }, use) => {
    await use(join(folder, 'app.msix.abcdef.svc'));
  },
});
