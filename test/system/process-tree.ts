// SPDX-License-Identifier: MIT
// A process with everything that it starts, as one job object of Windows: all of it ends together, at
// the latest with the process that holds this object.

import koffi from 'koffi';
import { openProcess } from './process-number.js';

type Handle = bigint | null;

const kernel32 = koffi.load('kernel32.dll');
const CreateJobObject = kernel32.func('void *CreateJobObjectW(void *, void *)') as (
  security: null,
  name: null,
) => Handle;
const SetInformationJobObject = kernel32.func(
  'int SetInformationJobObject(void *, int, void *, uint32_t)',
) as (job: Handle, what: number, information: Buffer, size: number) => number;
const AssignProcessToJobObject = kernel32.func('int AssignProcessToJobObject(void *, void *)') as (
  job: Handle,
  process: Handle,
) => number;
const CloseHandle = kernel32.func('int CloseHandle(void *)') as (handle: Handle) => number;

const processAccess = 0x101; // PROCESS_TERMINATE and PROCESS_SET_QUOTA
const extendedLimits = 9; // JobObjectExtendedLimitInformation
const killOnClose = 0x2000; // JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE

export class ProcessTree {
  #job: Handle;

  /** @param id of a process that has started nothing yet */
  constructor(id: number) {
    this.#job = CreateJobObject(null, null);
    const limits = Buffer.alloc(144); // for 64 bits
    limits.writeUInt32LE(killOnClose, 16); // its LimitFlags
    const process = openProcess(processAccess, id);
    const done =
      SetInformationJobObject(this.#job, extendedLimits, limits, limits.length) !== 0 &&
      AssignProcessToJobObject(this.#job, process) !== 0;
    CloseHandle(process);
    if (!done) throw new Error(`Process ${String(id)} cannot be given a job object`);
  }

  /** Ends all of it. */
  end(): void {
    if (this.#job !== null) CloseHandle(this.#job);
    this.#job = null;
  }
}
