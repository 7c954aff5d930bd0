// SPDX-License-Identifier: MIT
// @ts-check
// Starts runs side by side, or some after others, and prints their output in order: the first run that
// has not ended is shown live, the others when their turn comes.

import { constants } from 'node:os';

/** @typedef {Pick<import('../win/run.mjs').Run, 'ended' | 'end'>} Run */
/** @typedef {(data: Buffer | string) => void} Print */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} [after] the parts, earlier in the list, that must have ended before it starts
 * @property {(onOutput: (data: Buffer) => void) => Run} start
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {number} status as a shell reports it
 * @property {boolean} started whether it was, before everything was ended
 * @property {number} seconds since its own start
 */

/** The output of a part, kept until it is shown. */
class Output {
  #name;
  #print;
  #shown = false;
  /** @type {Buffer[]} */
  #kept = [];
  ended = false;

  /**
   * @param {string} name
   * @param {Print} print
   */
  constructor(name, print) {
    this.#name = name;
    this.#print = print;
  }

  /** @param {Buffer} data */
  add(data) {
    if (this.#shown) this.#print(data);
    else this.#kept.push(data);
  }

  show() {
    this.#shown = true;
    this.#print(`\n== ${this.#name}\n`);
    for (const data of this.#kept.splice(0)) this.#print(data);
  }
}

/**
 * A run that starts once others have ended, however they end.
 * @param {Promise<unknown>[]} before
 * @param {() => Run} start
 * @returns {Run}
 */
function startAfter(before, start) {
  /** @type {Run | undefined} */
  let run;
  /** @type {NodeJS.Signals | undefined} */
  let endedBy;
  const begin = async () => {
    await Promise.allSettled(before);
    if (endedBy) return { status: 128 + constants.signals[endedBy], signal: endedBy };
    run = start();
    return await run.ended;
  };
  return {
    ended: begin(),
    end: (signal) => {
      endedBy ??= signal;
      run?.end(signal);
    },
  };
}

/**
 * @param {Part[]} parts in the order in which they are shown
 * @param {Print} print
 * @returns {{ results: Promise<Result[]>, end: Run['end'] }}
 */
export function startSideBySide(parts, print) {
  const outputs = parts.map(({ name }) => new Output(name, print));
  let shown = 0;
  outputs[0]?.show();

  /** @type {Map<string, number>} */
  const begins = new Map();
  /** @type {Map<string, Run>} */
  const runs = new Map();
  for (const [at, { name, after = [], start }] of parts.entries()) {
    const go = () => {
      begins.set(name, performance.now());
      return start((data) => outputs[at]?.add(data));
    };
    const before = after.map((one) => /** @type {Run} */ (runs.get(one)).ended);
    runs.set(name, before.length === 0 ? go() : startAfter(before, go));
  }
  /** @type {Run['end']} */
  const end = (signal) => {
    for (const run of runs.values()) run.end(signal);
  };
  const all = parts.map(async ({ name }, at) => {
    const { status } = await /** @type {Run} */ (runs.get(name)).ended;
    /** @type {Output} */ (outputs[at]).ended = true;
    while (outputs[shown]?.ended) outputs[++shown]?.show();
    const now = performance.now();
    const seconds = (now - (begins.get(name) ?? now)) / 1000;
    return { name, status, started: begins.has(name), seconds };
  });
  const results = Promise.all(all).catch((error) => {
    end('SIGTERM');
    throw error;
  });
  return { results, end };
}
