// SPDX-License-Identifier: MIT
//
// Finds what earlier processes left for an order. A program may begin many transfers at once, so it remembers
// for a moment what there is.

import type { Order } from '../route.js';
import { isSameFile } from './temporary-file.js';

/** What tells the transfers of ours in a service apart. */
export interface Mark {
  tag: string;
  /** The file that it writes; undefined for a job that has none yet. */
  localName: string | undefined;
}

/** How to look at one service. */
interface Looking<Manager, Left> {
  list: (manager: Manager) => Promise<Left[]>;
  markOf: (left: Left) => Mark;
  /** Closes the objects. The transfer itself is left as it is. */
  letGo: (left: Left) => Promise<void>;
}

// In milliseconds. Who begins a transfer has the target to itself, so another process can hardly leave one
// for it meanwhile.
const fresh = 1000;

export class RecentLook<Manager, Left> {
  readonly #looking: Looking<Manager, Left>;
  #marks: Promise<Mark[]> | undefined;
  #since = -Infinity;

  constructor(looking: Looking<Manager, Left>) {
    this.#looking = looking;
  }

  async find(manager: Manager, order: Order): Promise<Left[]> {
    const { list, markOf, letGo } = this.#looking;
    const known = performance.now() - this.#since < fresh ? await this.#marks : undefined;
    if (known?.some((mark) => isFor(order, mark)) === false) return [];
    const reading = list(manager);
    this.#marks = reading.then((left) => left.map(markOf));
    this.#since = performance.now();
    try {
      const left = await reading;
      const found = left.filter((one) => isFor(order, markOf(one)));
      await Promise.all(left.filter((one) => !found.includes(one)).map(letGo));
      return found;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** Looks again the next time, because this process has left a transfer. */
  forget(): void {
    this.#marks?.catch(() => undefined);
    this.#marks = undefined;
  }
}

function isFor({ tag, file }: Order, { tag: found, localName }: Mark): boolean {
  return localName === undefined ? found === tag : isSameFile(localName, file);
}
