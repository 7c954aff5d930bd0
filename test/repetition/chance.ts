// SPDX-License-Identifier: MIT
// Repeatable random numbers: a test that fails reports its seed, and DOSVC_TEST_SEED sets the seed.

/** Random numbers from 0 to 1, in the same order for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of a randomized test: DOSVC_TEST_SEED or, without it, a new one. */
export function chooseSeed(): number {
  return Number(process.env.DOSVC_TEST_SEED ?? Date.now() % 2 ** 31);
}

/** Runs a test with random numbers. Its error names the seed. */
export async function byChance(test: (next: () => number) => Promise<void>): Promise<void> {
  const seed = chooseSeed();
  try {
    await test(numbers(seed));
  } catch (error) {
    throw new Error(`DOSVC_TEST_SEED=${String(seed)}: ${String(error)}`, { cause: error });
  }
}
