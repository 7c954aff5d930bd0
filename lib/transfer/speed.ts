// SPDX-License-Identifier: MIT
//
// How fast bytes arrive: over the last few seconds, so that it neither jumps nor remembers for too long.

// In milliseconds.
const window = 5000;
const spacing = 200;

export class Speed {
  readonly #points: { at: number; bytes: number }[] = [];

  /** Records how many bytes there are now. Fewer than before is a new beginning. */
  record(bytes: number): void {
    const at = performance.now();
    const last = this.#points.at(-1);
    if (last !== undefined && bytes < last.bytes) this.#points.length = 0;
    // A few points a second are enough, however often bytes arrive.
    const before = this.#points.at(-2);
    if (before !== undefined && at - before.at < spacing) this.#points.pop();
    this.#points.push({ at, bytes });
    while (this.#points.length > 2 && (this.#points[1]?.at ?? at) < at - window)
      this.#points.shift();
  }

  /** 0 while nothing is known. */
  get bytesPerSecond(): number {
    const [first] = this.#points;
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined) return 0;
    // Without new reports, time passes nevertheless.
    const milliseconds = performance.now() - first.at;
    return milliseconds <= 0 ? 0 : Math.round(((last.bytes - first.bytes) * 1000) / milliseconds);
  }
}

/** How long the rest takes at a speed; null if that cannot be told. */
export function secondsFor(
  total: number | null,
  transferred: number,
  bytesPerSecond: number,
): number | null {
  if (total === null || bytesPerSecond === 0) return null;
  return Math.ceil((total - transferred) / bytesPerSecond);
}
