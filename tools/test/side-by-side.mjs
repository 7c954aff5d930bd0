// SPDX-License-Identifier: MIT
// @ts-check
// Runs side by side, whose output stands one after the other: the first that has not ended is shown
// as it goes, the others when their turn comes.

/** @typedef {Pick<import('../win/run.mjs').Run, 'ended' | 'end'>} Run */
/** @typedef {(data: Buffer | string) => void} Print */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {(onOutput: (data: Buffer) => void) => Run} start
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {number} status as a shell has it
 * @property {number} seconds
 */

/** What a part says: kept until it is shown. */
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
 * @param {Part[]} parts in the order in which they are started, and shown
 * @param {number} most how many run at a time
 * @param {Print} print
 * @returns {{ results: Promise<Result[]>, end: Run['end'] }} what had not begun when it was ended has
 *   no result
 */
export function startSideBySide(parts, most, print) {
  const outputs = parts.map(({ name }) => new Output(name, print));
  /** @type {Set<Run>} */
  const running = new Set();
  /** @type {Result[]} */
  const results = [];
  let [begun, shown, stopped] = [0, 0, false];

  /** @param {number} at */
  const carryOut = async (at) => {
    const { name, start } = /** @type {Part} */ (parts[at]);
    const output = /** @type {Output} */ (outputs[at]);
    const begin = performance.now();
    const run = start((data) => {
      output.add(data);
    });
    running.add(run);
    const { status } = await run.ended;
    running.delete(run);
    results[at] = { name, status, seconds: (performance.now() - begin) / 1000 };
    output.ended = true;
    while (outputs[shown]?.ended) outputs[++shown]?.show();
  };
  const inTurn = async () => {
    while (begun < parts.length && !stopped) await carryOut(begun++);
  };
  /** @type {Run['end']} */
  const end = (signal) => {
    stopped = true;
    for (const run of running) run.end(signal);
  };

  outputs[0]?.show();
  const all = Promise.all(Array.from({ length: most }, inTurn));
  return {
    results: all.then(
      () => results.filter(() => true),
      (error) => {
        end('SIGTERM');
        throw error;
      },
    ),
    end,
  };
}
