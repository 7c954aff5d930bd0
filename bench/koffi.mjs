// SPDX-License-Identifier: MIT
// @ts-check
// Makes the same call without a binding: through koffi and the slots of the interfaces' vtables.

import { promisify } from 'node:util';
import koffi from 'koffi';
import { guidBytes } from '../test/recorder/plan.ts';

const clsctxLocalServer = 4;
const backgroundCopyManager = '4991d34b-80a1-4291-83b6-3328366b9097';
const iidManager = '5ce34c0d-0dc9-4c1f-897c-daa1b78cee7c';
const iidUnknownToAll = 'b0a7c1de-6d3f-4d0e-9f6a-2f5f0c3d7a11';
const slots = { queryInterface: 0, release: 2, getJob: 4, getState: 14 };

const queryInterface = koffi.proto(
  'int32_t __stdcall QueryInterface(void *self, uint8_t *iid, _Out_ void **object)',
);
const release = koffi.proto('uint32_t __stdcall Release(void *self)');
const getJob = koffi.proto('int32_t __stdcall GetJob(void *self, uint8_t *id, _Out_ void **job)');
const getState = koffi.proto('int32_t __stdcall GetState(void *self, _Out_ int32_t *state)');

/**
 * A method of an object, by its slot in the vtable.
 * @param {unknown} object
 * @param {number} slot
 * @param {import('koffi').TypeObject} type
 */
export function method(object, slot, type) {
  const table = koffi.decode(object, 'void *');
  return koffi.decode(koffi.decode(table, slot * koffi.sizeof('void *'), 'void *'), type);
}

/**
 * @param {string} what
 * @param {number} hresult
 */
export function check(what, hresult) {
  if (hresult < 0) throw new Error(`${what}: 0x${(hresult >>> 0).toString(16)}`);
}

/**
 * Activates a class in its server's process.
 * @param {string} clsid
 * @param {string} iid
 */
export function activate(clsid, iid) {
  const ole32 = koffi.load('ole32.dll');
  // koffi's threads never initialise COM: they are in the multithreaded apartment because it exists.
  const hold = ole32.func('int32_t __stdcall CoIncrementMTAUsage(_Out_ void **cookie)');
  check('CoIncrementMTAUsage', hold([null]));
  const create = ole32.func(
    'int32_t __stdcall CoCreateInstance(uint8_t *clsid, void *outer, uint32_t context, uint8_t *iid, _Out_ void **object)',
  );
  const object = [null];
  const hresult = create(guidBytes(clsid), null, clsctxLocalServer, guidBytes(iid), object);
  check('CoCreateInstance', hresult);
  return object[0];
}

function connect() {
  return activate(backgroundCopyManager, iidManager);
}

let kept = false;

/**
 * Wine 8 frees the proxy through which a process releases a service's objects while other threads are
 * acquiring it, and crashes. So one object, which is never released, keeps that proxy as long as the
 * process lives: it has asked the service for a further interface.
 */
export function keepReleaser() {
  if (kept) return;
  kept = true;
  const manager = connect();
  const query = method(manager, slots.queryInterface, queryInterface);
  query(manager, guidBytes(iidUnknownToAll), [null]);
}

export class KoffiJob {
  /** @type {unknown} */
  #job;
  #getState;

  /** @param {string} id */
  constructor(id) {
    const manager = connect();
    const job = [null];
    check('GetJob', method(manager, slots.getJob, getJob)(manager, guidBytes(id), job));
    method(manager, slots.release, release)(manager);
    this.#job = job[0];
    this.#getState = promisify(method(this.#job, slots.getState, getState).async);
  }

  async getState() {
    const state = [0];
    check('GetState', await this.#getState(this.#job, state));
    return state[0];
  }

  release() {
    method(this.#job, slots.release, release)(this.#job);
  }
}
