// SPDX-License-Identifier: MIT
// The stand-in's control interface, through koffi: how a test makes the service misbehave, and
// looks into it.

import { setTimeout as sleep } from 'node:timers/promises';
import { guidBytes } from '../recorder/plan.js';
import { activate, invokeSlot, pointerIn, release, room, type Pointer } from '../service/vtable.js';

// As test/dosvc/server/control.h has them.
const clsid = '{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D3}';
const iid = '{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D0}';
/** In the order of the interface. */
const slots = {
  SetFault: 3,
  LetGo: 4,
  SetSwitch: 5,
  SetForeign: 6,
  Reset: 7,
  Count: 8,
  RemoveJobs: 9,
} as const;

/** What a method does instead of what it should. */
export type Fault =
  /** Fails with this HRESULT; nothing is done. */
  | { fail: number }
  /** Is done after so many milliseconds. */
  | { delay: number }
  /** Is done when it is let go. */
  | 'hang'
  /** The service's process dies, before or after it is done. */
  | 'die-before'
  | 'die-after';

/** The world around the service. */
export type Switch =
  /** 1: there is none. */
  | 'network-lost'
  /** The HRESULT with which transfers are refused. */
  | 'refused'
  /** 1: callbacks are not called, or called twice. */
  | 'drop-callbacks'
  | 'double-callbacks'
  /** Callbacks are so many milliseconds late. */
  | 'late-callbacks'
  /** The clock is so many seconds ahead. */
  | 'clock-ahead'
  /** The HRESULT, 0x80D038xx, of what downloads of the newer API wait for. */
  | 'waiting'
  /** The build of Windows whose later properties of downloads are unknown. */
  | 'build'
  /** For so many milliseconds after the process's death, activation fails as RPC does. */
  | 'restart-pause'
  /** The first so many activations of each later process are carried out together. */
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

/** As server/faults.h numbers them. */
function packed(fault: Fault): [kind: number, value: number] {
  if (fault === 'hang') return [3, 0];
  if (fault === 'die-before') return [4, 0];
  if (fault === 'die-after') return [5, 0];
  return 'fail' in fault ? [1, fault.fail] : [2, fault.delay];
}

/** RPC_S_SERVER_UNAVAILABLE, and what else activation answers while the service comes back. */
export const comingBack = new Set([0x800706ba, 0x800706be, 0x800706bf, 0x80010108]);

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export class Control {
  readonly #object: Pointer;

  private constructor(object: Pointer) {
    this.#object = object;
  }

  /** Starts the service where it does not run, and waits for one that comes back. */
  static async connect(): Promise<Control> {
    const object = room();
    for (let tries = 0; ; tries++) {
      const hresult = await activate(clsid, iid, object);
      if (hresult === 0) return new Control(pointerIn(object));
      if (tries > 100 || !comingBack.has(hresult)) {
        throw new Error(`CoCreateInstance: 0x${hresult.toString(16)}`);
      }
      await sleep(100);
    }
  }

  /** @param times how many calls of `Interface::Method` are hit; all, where it is not given */
  setFault(method: string, fault: Fault, times = 0): Promise<void> {
    return this.#call('SetFault', method, ...packed(fault), times);
  }

  clearFault(method: string): Promise<void> {
    return this.#call('SetFault', method, 0, 0, 0);
  }

  /** Lets go of the calls that hang. */
  letGo(): Promise<void> {
    return this.#call('LetGo');
  }

  setSwitch(name: Switch, value: number): Promise<void> {
    return this.#call('SetSwitch', name, value);
  }

  /** @param job a job's id, or a download's */
  setForeign(job: string, foreign: boolean): Promise<void> {
    return this.#call('SetForeign', guidBytes(job), foreign ? 1 : 0);
  }

  /** No faults and no switches. */
  reset(): Promise<void> {
    return this.#call('Reset');
  }

  async count(name: Counter): Promise<number> {
    const count = Buffer.alloc(8);
    await this.#call('Count', name, count);
    return Number(count.readBigUInt64LE());
  }

  /** Cancels all jobs and aborts all downloads, whoever's they are. */
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
