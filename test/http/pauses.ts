// SPDX-License-Identifier: MIT

/** Pauses that a test can end early. */
export class Pauses {
  ended = false;
  readonly #ends = new Set<() => void>();

  /** Resolves after this many milliseconds, or at once if the pauses have been ended. */
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

  /** Ends the current pauses, and all later ones at once. */
  end(): void {
    this.ended = true;
    for (const end of this.#ends) end();
  }
}
