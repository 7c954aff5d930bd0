// SPDX-License-Identifier: MIT
// @ts-check
// Starts runs side by side, or so many of them at a time, and prints their output in order: the first run
// that has not ended is shown live, the others when their turn comes.

/** @typedef {Pick<import('../win/run.mjs').Run, 'ended' | 'end'>} Run */
/** @typedef {(data: Buffer | string) => void} Print */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {(onOutput: (data: Buffer) => void) => Run} start
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {number} status as a shell reports it
 * @property {number} seconds
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
 * @param {Part[]} parts in the order in which they start and are shown
 * @param {Print} print
 * @param {number} [atOnce] how many run at a time
 * @returns {{ results: Promise<Result[]>, end: Run['end'] }}
 */
export function startSideBySide(parts, print, atOnce = parts.length) {
  const outputs = parts.map(({ name }) => new Output(name, print));
  let shown = 0;
  outputs[0]?.show();

  /** @type {Run[]} */
  const runs = [];
  /** @type {Result[]} */
  const results = [];
  const waiting = parts.entries();
  let ending = false;
  /** @type {Run['end']} */
  const end = (signal) => {
    ending = true;
    for (const run of runs) run.end(signal);
  };
  const takeTurns = async () => {
    for (const [at, { name, start }] of waiting) {
      const begin = performance.now();
      const run = start((data) => outputs[at]?.add(data));
      runs.push(run);
      const { status } = await run.ended;
      results[at] = { name, status, seconds: (performance.now() - begin) / 1000 };
      /** @type {Output} */ (outputs[at]).ended = true;
      while (outputs[shown]?.ended) outputs[++shown]?.show();
      if (ending) return;
    }
  };
  const turns = Array.from({ length: Math.min(atOnce, parts.length) }, takeTurns);
  const all = Promise.all(turns).then(
    () => results.filter((result) => result !== undefined),
    (error) => {
      end('SIGTERM');
      throw error;
    },
  );
  return { results: all, end };
}
