// SPDX-License-Identifier: MIT
// @ts-check
// All the processes of one run. Wine starts a Windows child as a stranger to its parent, so a run
// is known by a variable of its environment, which every descendant inherits.

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

  /** What the first process of the run needs in its environment: it may be part of another run. */
  get environment() {
    const outer = process.env[variable];
    return { [variable]: outer === undefined ? this.#id : `${outer} ${this.#id}` };
  }

  /** @param {number} pid */
  #includes(pid) {
    const entry = environmentOf(pid).find((one) => one.startsWith(`${variable}=`));
    return entry?.includes(this.#id) === true;
  }

  /** Ends every process of the run, those also that start meanwhile. */
  end() {
    const ended = new Set();
    for (let found = true; found;) {
      found = false;
      for (const pid of readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)) {
        if (ended.has(pid) || !this.#includes(pid)) continue;
        found = true;
        ended.add(pid);
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
      }
    }
  }
}
