// SPDX-License-Identifier: MIT
// @ts-check
// All the processes of one run. Under Wine, a Windows child is not a Linux child of its parent, so an
// environment variable, which every descendant inherits, identifies the run.

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const variable = 'DOSVC_WIN_RUN';

/** @param {number} pid */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

/** @param {number} pid */
function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has already ended.
  }
}

export class Family {
  #id = randomUUID();

  /** The environment for the first process of the run, which may itself be part of another run. */
  get environment() {
    const outer = process.env[variable];
    return { [variable]: outer === undefined ? this.#id : `${outer} ${this.#id}` };
  }

  /** @param {number} pid */
  #includes(pid) {
    const entry = environmentOf(pid).find((one) => one.startsWith(`${variable}=`));
    return entry?.includes(this.#id) === true;
  }

  /** The processes of the run, in the order of their numbers. */
  get members() {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all
      .map(Number)
      .filter((pid) => this.#includes(pid))
      .sort((one, other) => one - other);
  }

  /**
   * Interrupts the run's program. Wine's loader for 32-bit programs runs a 64-bit one through start.exe,
   * which passes no signal on.
   * @param {number} first the first process of the run
   */
  interrupt(first) {
    const started = commandLineOf(first).startsWith('start.exe');
    const [program = first] = started ? this.members.filter((pid) => pid !== first) : [];
    send(program, 'SIGINT');
  }

  /** Ends every process of the run, including those that start in the meantime. */
  end() {
    const ended = new Set();
    for (let found = true; found;) {
      found = false;
      for (const pid of this.members) {
        if (ended.has(pid)) continue;
        found = true;
        ended.add(pid);
        send(pid, 'SIGKILL');
      }
    }
  }
}
