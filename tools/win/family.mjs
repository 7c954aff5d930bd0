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

  /** The processes of the run. */
  get members() {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all.map(Number).filter((pid) => this.#includes(pid));
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
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has already ended.
        }
      }
    }
  }
}
