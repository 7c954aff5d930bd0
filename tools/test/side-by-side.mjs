// SPDX-License-Identifier: MIT
// @ts-check
// Starts runs side by side and prints their output in order: the first run that has not ended is shown
// live, the others when their turn comes.

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
 * @param {Part[]} parts in the order in which they are shown
 * @param {Print} print
 * @returns {{ results: Promise<Result[]>, end: Run['end'] }}
 */
export function startSideBySide(parts, print) {
  const outputs = parts.map(({ name }) => new Output(name, print));
  let shown = 0;
  outputs[0]?.show();

  const begin = performance.now();
  const runs = parts.map(({ start }, at) => start((data) => outputs[at]?.add(data)));
  /** @type {Run['end']} */
  const end = (signal) => {
    for (const run of runs) run.end(signal);
  };
  const all = parts.map(async ({ name }, at) => {
    const { status } = await /** @type {Run} */ (runs[at]).ended;
    /** @type {Output} */ (outputs[at]).ended = true;
    while (outputs[shown]?.ended) outputs[++shown]?.show();
    return { name, status, seconds: (performance.now() - begin) / 1000 };
  });
  const results = Promise.all(all).catch((error) => {
    end('SIGTERM');
    throw error;
  });
  return { results, end };
}
