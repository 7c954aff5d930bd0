// SPDX-License-Identifier: MIT
// @ts-check
// Jobs of a service in this process that does what it is told: the recorder of the tests, through
// koffi. It can let a call hang, and has the sinks that the package handed to its jobs.

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { BackgroundCopyManager } from 'dosvc';
import koffi from 'koffi';
import { bytesOf } from './guid.mjs';

const iidManager = '5ce34c0d-0dc9-4c1f-897c-daa1b78cee7c';
const iidJob = '37668d37-507e-4160-9316-26306d150b12';
const slots = { getJob: 4, getState: 14, setNotifyInterface: 25 };
// As the recorder's plan.h counts them.
const kinds = { keepSink: 4, writeObject: 9 };

/**
 * @param {number} value
 * @returns {Buffer}
 */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/**
 * @param {number} kind
 * @param {number} argument
 * @param {Buffer} [data]
 */
function step(kind, argument, data = Buffer.alloc(0)) {
  return Buffer.concat([Buffer.from([kind, argument, 0]), uint32(0), uint32(data.length), data]);
}

/** @param {{ held?: boolean, steps?: Buffer[] }} plan */
function pack({ held = false, steps = [] }) {
  return Buffer.concat([uint32(0), Buffer.from([held ? 1 : 0]), ...steps]);
}

class Recorder {
  #library = koffi.load(fileURLToPath(new URL('../build/test/recorder.dll', import.meta.url)));
  #makeObject = this.#library.func('uint32_t MakeObject()');
  #setRoot = this.#library.func('void SetRoot(uint32_t)');
  #tell = this.#library.func(
    'void Tell(uint32_t, const uint8_t *, uint32_t, const uint8_t *, uint32_t)',
  );
  #letGo = this.#library.func('void LetGo(uint32_t)');
  #takeJournal = this.#library.func('const char *TakeJournal()');
  clsid = randomUUID();

  constructor() {
    const offer = this.#library.func('void Offer(const uint8_t *)');
    for (const iid of [iidManager, iidJob]) offer(bytesOf(iid));
    const register = this.#library.func('int32_t RegisterClassAs(const uint8_t *)');
    const hresult = register(bytesOf(this.clsid));
    if (hresult < 0) throw new Error(`CoRegisterClassObject: 0x${(hresult >>> 0).toString(16)}`);
  }

  makeObject() {
    return /** @type {number} */ (this.#makeObject());
  }

  /** @param {number} object what the next connection gets for a manager */
  setRoot(object) {
    this.#setRoot(object);
  }

  /**
   * @param {number} object
   * @param {string} iid
   * @param {number} slot
   * @param {{ held?: boolean, steps?: Buffer[] }} plan
   */
  tell(object, iid, slot, plan) {
    const packed = pack(plan);
    this.#tell(object, bytesOf(iid), slot, packed, packed.length);
  }

  /** @param {number} object */
  letGo(object) {
    this.#letGo(object);
  }

  /** The calls since the last time. */
  takeCalls() {
    /** @type {{ event: string, object: number, slot: number, arguments: string[] }[]} */
    const entries = JSON.parse(this.#takeJournal());
    return entries.filter(({ event }) => event === 'call');
  }
}

/** @type {Recorder | undefined} */
let recorder;

/** A job of the package's on an object of the recorder's. */
export class RecordedJob {
  #recorder;
  #object;
  job;

  /**
   * @param {Recorder} recorder
   * @param {number} object
   * @param {import('dosvc').BackgroundCopyJob} job
   */
  constructor(recorder, object, job) {
    this.#recorder = recorder;
    this.#object = object;
    this.job = job;
  }

  /** From now on a call of getState() hangs until it is let go. */
  hang() {
    this.#recorder.tell(this.#object, iidJob, slots.getState, { held: true });
  }

  letGo() {
    this.#recorder.letGo(this.#object);
  }

  /** The address of the sink that the job got last, or undefined; forgets what was recorded. */
  takeSink() {
    const calls = this.#recorder.takeCalls();
    const call = calls.findLast(
      ({ object, slot }) => object === this.#object && slot === slots.setNotifyInterface,
    );
    return call?.arguments[0];
  }
}

/**
 * @template T
 * @param {number} count
 * @param {(jobs: RecordedJob[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withRecordedJobs(count, use) {
  recorder ??= new Recorder();
  const root = recorder.makeObject();
  recorder.setRoot(root);
  const manager = await BackgroundCopyManager.connect({
    service: recorder.clsid,
    pollInterval: 600_000,
  });
  try {
    /** @type {RecordedJob[]} */
    const jobs = [];
    for (let i = 0; i < count; ++i) {
      const object = recorder.makeObject();
      recorder.tell(object, iidJob, slots.setNotifyInterface, { steps: [step(kinds.keepSink, 0)] });
      const written = Buffer.concat([uint32(object), bytesOf(iidJob)]);
      const steps = [step(kinds.writeObject, 1, written)];
      recorder.tell(root, iidManager, slots.getJob, { steps });
      jobs.push(new RecordedJob(recorder, object, await manager.getJob(randomUUID())));
    }
    return await use(jobs);
  } finally {
    await manager.close();
  }
}
