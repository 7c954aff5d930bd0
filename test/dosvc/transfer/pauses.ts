// SPDX-License-Identifier: MIT

/** Pauses that a test can end before their time. */
export class Pauses {
  ended = false;
  readonly #ends = new Set<() => void>();

  /** Resolves after so many milliseconds, or at once where pauses are ended. */
  async sleep(milliseconds: number): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#ends.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#ends.add(end);
    });
  }

  /** Ends those that are, and all that would come. */
  end(): void {
    this.ended = true;
    for (const end of this.#ends) end();
  }
}
