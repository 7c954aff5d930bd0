// SPDX-License-Identifier: MIT
// The stand-in's control interface, called through koffi. A test uses it to make the service
// misbehave, and to inspect it.

import { setTimeout as sleep } from 'node:timers/promises';
import { guidBytes } from '../../recorder/plan.js';
import {
  activate,
  invokeSlot,
  pointerIn,
  query,
  release,
  room,
  type Pointer,
} from '../../com/vtable.js';

// As in test/stand-in/control/control.h.
const clsid = '{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D3}';
const iid = '{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D0}';
/** The slots, in the order of the interface. */
const slots = {
  SetFault: 3,
  LetGo: 4,
  SetSwitch: 5,
  SetForeign: 6,
  Reset: 7,
  Count: 8,
  RemoveJobs: 9,
} as const;

/** A fault of a method. */
export type Fault =
  /** The method fails with this HRESULT and does nothing. */
  | { fail: number }
  /** The method runs after this many milliseconds. */
  | { delay: number }
  /** The method waits for `letGo()`, and then runs. */
  | 'hang'
  /** The service's process dies before or after the method runs. */
  | 'die-before'
  | 'die-after';

/** A condition around the service. */
export type Switch =
  /** 1: there is no network. */
  | 'network-lost'
  /** The HRESULT with which the service refuses transfers. */
  | 'refused'
  /** 1: callbacks are not called, or are called twice. */
  | 'drop-callbacks'
  | 'double-callbacks'
  /** Callbacks are this many milliseconds late. */
  | 'late-callbacks'
  /** The clock is this many seconds ahead. */
  | 'clock-ahead'
  /** The HRESULT (0x80D038xx) of the condition that downloads of the newer API wait for. */
  | 'waiting'
  /** The build of Windows: older ones lack properties or IDOManager, and need ranges for a stream. */
  | 'build'
  /** For how many milliseconds downloads try to connect: ten seconds by default. */
  | 'connect-time'
  /** The bytes in whose multiples downloads report progress: a MiB by default. */
  | 'progress-step'
  /** 1: the service has no IDOManager. */
  | 'no-download-manager'
  /** 1: the service returns the codes of BITS where they exist. */
  | 'bits-codes'
  /** How many milliseconds after their return Start, Pause, Resume and Suspend take effect. */
  | 'lag'
  /** 1: SetNotifyInterface succeeds on a job that was completed or cancelled. */
  | 'sink-after-end'
  /** 1: a job enters the error state without a call of JobError. */
  | 'silent-errors'
  /** 1: Complete() before everything is transferred saves the whole files, and the job stays. */
  | 'keeps-partial'
  /** Activation fails with an RPC error for this many milliseconds after the process dies. */
  | 'restart-pause'
  /** Each later process holds this many activations until all have arrived. */
  | 'gather';

export type Counter =
  | 'process'
  | 'jobs'
  | 'downloads'
  | 'callbacks-held'
  | 'callbacks-told'
  | 'objects'
  | 'hanging'
  | `calls ${string}`;

/** The numbers of control/faults.h. */
function packed(fault: Fault): [kind: number, value: number] {
  if (fault === 'hang') return [3, 0];
  if (fault === 'die-before') return [4, 0];
  if (fault === 'die-after') return [5, 0];
  return 'fail' in fault ? [1, fault.fail] : [2, fault.delay];
}

const E_NOINTERFACE = 0x80004002;

/** RPC_S_SERVER_UNAVAILABLE, and the other HRESULTs of activation while the service restarts. */
export const comingBack = new Set([0x800706ba, 0x800706be, 0x800706bf, 0x80010108]);

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Makes a proxy hold the IRemUnknown of its service. The proxies of a process share it, and where the last
 * of them lets go of it, Wine 8's COM revives it for another thread while it frees it (find_proxy_manager),
 * and ends the process. Any interface that the object lacks will do.
 */
async function holdRemUnknown(object: Pointer): Promise<void> {
  const hresult = await query(object, 'IBackgroundCopyJob', room());
  if (hresult !== E_NOINTERFACE) throw new Error(`QueryInterface: 0x${hresult.toString(16)}`);
}

export class Control {
  readonly #object: Pointer;

  private constructor(object: Pointer) {
    this.#object = object;
  }

  /** Starts the service if it does not run, and waits for one that restarts. */
  static async connect(): Promise<Control> {
    const object = room();
    for (let tries = 0; ; tries++) {
      const hresult = await activate(clsid, iid, object);
      if (hresult === 0) {
        await holdRemUnknown(pointerIn(object));
        return new Control(pointerIn(object));
      }
      if (tries > 100 || !comingBack.has(hresult)) {
        throw new Error(`CoCreateInstance: 0x${hresult.toString(16)}`);
      }
      await sleep(100);
    }
  }

  /** @param times how many calls of `Interface::Method` are affected; all by default */
  setFault(method: string, fault: Fault, times = 0): Promise<void> {
    return this.#call('SetFault', method, ...packed(fault), times);
  }

  clearFault(method: string): Promise<void> {
    return this.#call('SetFault', method, 0, 0, 0);
  }

  /** Lets the calls that hang continue. */
  letGo(): Promise<void> {
    return this.#call('LetGo');
  }

  setSwitch(name: Switch, value: number): Promise<void> {
    return this.#call('SetSwitch', name, value);
  }

  /** @param job the id of a job or a download */
  setForeign(job: string, foreign: boolean): Promise<void> {
    return this.#call('SetForeign', guidBytes(job), foreign ? 1 : 0);
  }

  /** Clears all faults, switches and remembered sizes, and lets the calls that hang continue. */
  reset(): Promise<void> {
    return this.#call('Reset');
  }

  async count(name: Counter): Promise<number> {
    const count = Buffer.alloc(8);
    await this.#call('Count', name, count);
    return Number(count.readBigUInt64LE());
  }

  /** Cancels all jobs and aborts all downloads, whichever user owns them. */
  removeJobs(): Promise<void> {
    return this.#call('RemoveJobs');
  }

  /** Kills the service's process. */
  async kill(): Promise<void> {
    const pid = await this.count('process');
    process.kill(pid, 'SIGKILL');
    while (lives(pid)) await sleep(5);
  }

  close(): void {
    release(this.#object);
  }

  async #call(method: keyof typeof slots, ...args: Parameters<typeof invokeSlot>[2][]) {
    const hresult = await invokeSlot(this.#object, slots[method], ...args);
    if (hresult !== 0) throw new Error(`${method}: 0x${hresult.toString(16)}`);
  }
}
