// SPDX-License-Identifier: MIT
//
// How long an object of the library can be used, and what happens when that ends. A lifetime ends with
// its parent's, the one of the manager's connection, at the latest.

export class Lifetime {
  readonly #parent: Lifetime | undefined;
  readonly #closing = new Set<() => void>();
  readonly #closed = new Set<() => void>();
  #open = true;

  constructor(parent?: Lifetime) {
    this.#parent = parent;
  }

  get open(): boolean {
    return this.#open && this.#parent?.open !== false;
  }

  /** Calls back just before the end, while calls can still be made. Returns what unregisters it. */
  onClosing(closing: () => void): () => void {
    return registered(this.#closing, closing, this.#parent?.onClosing(closing));
  }

  /** Calls back at the end. Returns what unregisters it. */
  onClose(closed: () => void): () => void {
    return registered(this.#closed, closed, this.#parent?.onClose(closed));
  }

  /** Ends what is in progress on the object. The caller closes the object next. */
  part(): void {
    for (const closing of this.#closing) closing();
  }

  /** @param release Releases what the object holds. */
  close(release: () => void): void {
    this.part();
    this.#open = false;
    release();
    for (const closed of this.#closed) closed();
  }
}

function registered(all: Set<() => void>, one: () => void, leave?: () => void): () => void {
  all.add(one);
  return () => {
    all.delete(one);
    leave?.();
  };
}
