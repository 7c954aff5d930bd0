// SPDX-License-Identifier: MIT
//
// Those who want to know when something ends.

export class Farewells {
  readonly #all = new Set<() => void>();

  /** Calls back at the end, until the returned function is called. */
  add(farewell: () => void): () => void {
    this.#all.add(farewell);
    return () => {
      this.#all.delete(farewell);
    };
  }

  say(): void {
    for (const farewell of this.#all) farewell();
  }
}
