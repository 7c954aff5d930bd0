// SPDX-License-Identifier: MIT
// @ts-check
// Measures two things side by side. The machine's speed changes from second to second, and every
// measured time with it. So only two short batches in direct succession can be compared, and only the
// median of many such pairs is reliable.

/**
 * @typedef {object} Batch the time that one unit of work (a call, an import, an event, a file) took in it
 * @property {number} elapsed nanoseconds
 * @property {number} [cpu] nanoseconds of processor time, of the whole process
 *
 * @typedef {() => Promise<Batch>} Side
 *
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} min
 * @property {number} q1
 * @property {number} q3
 * @property {number} max
 *
 * @typedef {object} Average
 * @property {number} median in the unit
 * @property {number} [cpu] microseconds of processor time; a mean, because its clock is coarse
 *
 * @typedef {object} Pairs
 * @property {keyof typeof units} unit
 * @property {number} pairs
 * @property {Average} base
 * @property {Average} other
 * @property {Spread} ratio of the other's value to the base's, pair by pair
 */

const units = {
  µs: (/** @type {number} */ nanoseconds) => nanoseconds / 1e3,
  'µs/call': (/** @type {number} */ nanoseconds) => nanoseconds / 1e3,
  'µs/job': (/** @type {number} */ nanoseconds) => nanoseconds / 1e3,
  ms: (/** @type {number} */ nanoseconds) => nanoseconds / 1e6,
  'ms/file': (/** @type {number} */ nanoseconds) => nanoseconds / 1e6,
  'calls/s': (/** @type {number} */ nanoseconds) => 1e9 / nanoseconds,
};

/**
 * @param {number[]} values
 * @returns {Spread}
 */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => {
    const position = share * (sorted.length - 1);
    const below = sorted[Math.floor(position)] ?? NaN;
    const above = sorted[Math.ceil(position)] ?? NaN;
    return below + (above - below) * (position % 1);
  };
  return { median: at(0.5), min: at(0), q1: at(0.25), q3: at(0.75), max: at(1) };
}

/**
 * Pairs begin with the base and with the other in turn. The first pair is a warm-up and does not count.
 * @template T
 * @param {number} pairs
 * @param {() => Promise<T>} base
 * @param {() => Promise<T>} other
 * @returns {Promise<[bases: T[], others: T[]]>}
 */
export async function interleave(pairs, base, other) {
  /** @type {[T[], T[]]} */
  const [bases, others] = [[], []];
  for (let i = 0; i <= pairs; ++i) {
    if (i % 2 === 0) bases.push(await base());
    others.push(await other());
    if (i % 2 !== 0) bases.push(await base());
  }
  return [bases.slice(1), others.slice(1)];
}

/**
 * @param {keyof typeof units} unit
 * @param {Batch[]} bases
 * @param {Batch[]} others
 * @returns {Pairs}
 */
export function compare(unit, bases, others) {
  const valueOf = (/** @type {Batch} */ { elapsed }) => units[unit](elapsed);
  const average = (/** @type {Batch[]} */ batches) => {
    const { median } = spread(batches.map(valueOf));
    const cpu = batches.reduce((sum, batch) => sum + (batch.cpu ?? NaN), 0);
    return { median, ...(cpu >= 0 && { cpu: cpu / batches.length / 1e3 }) };
  };

  const ratios = bases.map(
    (batch, i) => valueOf(/** @type {Batch} */ (others[i])) / valueOf(batch),
  );
  return {
    unit,
    pairs: bases.length,
    base: average(bases),
    other: average(others),
    ratio: spread(ratios),
  };
}

/**
 * @param {keyof typeof units} unit
 * @param {number} pairs
 * @param {Side} base
 * @param {Side} other
 */
export async function measurePairs(unit, pairs, base, other) {
  return compare(unit, ...(await interleave(pairs, base, other)));
}
