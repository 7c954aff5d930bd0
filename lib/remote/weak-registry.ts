// SPDX-License-Identifier: MIT

import type { Connection } from './connection.js';

/** What stands for the jobs or downloads of each service, as long as something else holds it. */
export class WeakRegistry<T extends object> {
  readonly #make: (key: string) => T;
  readonly #references = new Map<string, WeakRef<T>>();
  readonly #forgotten = new FinalizationRegistry((key: string) => {
    if (this.#references.get(key)?.deref() === undefined) this.#references.delete(key);
  });

  /** @param make Creates the object of a key. */
  constructor(make: (key: string) => T) {
    this.#make = make;
  }

  /** The object of a job or download by its id, created if there is none. */
  of({ service }: Connection, id: string): T {
    const key = `${service.clsid} ${id}`;
    const found = this.#references.get(key)?.deref();
    if (found !== undefined) return found;
    const made = this.#make(key);
    this.#references.set(key, new WeakRef(made));
    this.#forgotten.register(made, key);
    return made;
  }
}
