// SPDX-License-Identifier: MIT
//
// How fast transfers are, from what was seen of them in the last few seconds.

interface Sample {
  at: number;
  bytes: number;
}

// Delivery Optimization reports whole MiB, so that less would jump up and down.
const span = 8000;

export class Speeds {
  readonly #samples = new Map<string, Sample[]>();

  /** Bytes per second; null while it was seen only once. @param now In milliseconds. */
  of(id: string, bytes: number, now: number): number | null {
    const earlier = (this.#samples.get(id) ?? []).filter((one) => one.bytes <= bytes);
    const samples = [...earlier.filter(({ at }) => at >= now - span), { at: now, bytes }];
    this.#samples.set(id, samples);
    const [first] = samples;
    if (first === undefined || first.at === now) return null;
    return ((bytes - first.bytes) * 1000) / (now - first.at);
  }

  /** Forgets every other one. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#samples.keys()) if (!ids.has(id)) this.#samples.delete(id);
  }
}
