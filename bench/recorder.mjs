// SPDX-License-Identifier: MIT
// @ts-check
// Jobs of a scripted service in this process: the tests' recorder. It can make a call hang, and has the
// sinks that the package passed to its jobs.

import { randomUUID } from 'node:crypto';
import { BackgroundCopyManager } from 'dosvc';
import { guidBytes, uint32 } from '../test/recorder/plan.ts';
import { RecordedObject, registerClass, setRoot, takeJournal } from '../test/recorder/recorder.ts';

const iidManager = '5ce34c0d-0dc9-4c1f-897c-daa1b78cee7c';
const iidJob = '37668d37-507e-4160-9316-26306d150b12';
const getJob = { iid: iidManager, slot: 4 };
const getState = { iid: iidJob, slot: 14 };
const setNotifyInterface = { iid: iidJob, slot: 25 };

/** One of the package's jobs, on one of the recorder's objects. */
export class RecordedJob {
  #object;
  job;

  /**
   * @param {RecordedObject} object
   * @param {import('dosvc').BackgroundCopyJob} job
   */
  constructor(object, job) {
    this.#object = object;
    this.job = job;
  }

  /** From now on, a call of getState() hangs until letGo(). */
  hang() {
    this.#object.tell(getState, { held: true });
  }

  letGo() {
    this.#object.letGo();
  }

  /** The address of the sink that the job received last, or undefined. Clears the recorded calls. */
  takeSink() {
    const calls = takeJournal().filter((entry) => entry.event === 'call');
    const call = calls.findLast(
      ({ object, slot }) => object === this.#object.number && slot === setNotifyInterface.slot,
    );
    return call?.arguments[0];
  }
}

/** @type {string | undefined} */
let clsid;

/** The class of the recorder's service. */
function registered() {
  if (clsid === undefined) {
    clsid = randomUUID();
    registerClass(clsid, [iidManager, iidJob]);
  }
  return clsid;
}

/**
 * @template T
 * @param {number} count
 * @param {(jobs: RecordedJob[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withRecordedJobs(count, use) {
  const service = registered();
  const root = new RecordedObject();
  setRoot(root);
  const manager = await BackgroundCopyManager.connect({ service, pollInterval: 600_000 });
  try {
    /** @type {RecordedJob[]} */
    const jobs = [];
    for (let i = 0; i < count; ++i) {
      const object = new RecordedObject();
      object.tell(setNotifyInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
      const data = Buffer.concat([uint32(object.number), guidBytes(iidJob)]);
      root.tell(getJob, { steps: [{ kind: 'writeObject', argument: 1, data }] });
      jobs.push(new RecordedJob(object, await manager.getJob(randomUUID())));
    }
    return await use(jobs);
  } finally {
    await manager.close();
  }
}
