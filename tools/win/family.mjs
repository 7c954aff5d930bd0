// SPDX-License-Identifier: MIT
// @ts-check
// All the processes of one run. Wine starts a Windows child as a stranger to its parent, so a run
// is known by a variable of its environment, which every descendant inherits.

import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { wineEnvironment } from './wine.mjs';

const variable = 'DOSVC_WIN_RUN';

/**
 * Starts Windows' own services where they do not run: the first program started in a prefix
 * starts them, and they must not belong to a run, to be ended with it.
 */
function startServices() {
  const env = wineEnvironment();
  if (spawnSync('wineserver', ['-k0'], { env, stdio: 'ignore' }).status === 0) return;
  spawnSync('wine', ['cmd', '/c', 'exit'], { env, stdio: 'ignore' });
}

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

  constructor() {
    startServices();
  }

  /** What the first process of the run needs in its environment. */
  get environment() {
    return { [variable]: this.#id };
  }

  /** Ends every process of the run, those also that start meanwhile. */
  end() {
    const mark = `${variable}=${this.#id}`;
    const ended = new Set();
    for (let found = true; found;) {
      found = false;
      for (const pid of readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)) {
        if (ended.has(pid) || !environmentOf(pid).includes(mark)) continue;
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
