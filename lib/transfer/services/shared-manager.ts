// SPDX-License-Identifier: MIT
//
// A connection to a service that the transfers of this process share, because connecting takes longer than
// most calls. It is closed soon after the last of them is over.

interface Closeable {
  close(): Promise<void>;
}

// In milliseconds: long enough for a program that fetches one file after another.
const idle = 250;

export class SharedManager<Manager extends Closeable> {
  readonly #connect: () => Promise<Manager>;
  #manager: Promise<Manager> | undefined;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(connect: () => Promise<Manager>) {
    this.#connect = connect;
  }

  /** Returns the manager, and what to call when it is no longer needed. Rejects as connecting does. */
  async use(): Promise<[manager: Manager, done: () => void]> {
    clearTimeout(this.#timer);
    this.#users += 1;
    const manager = (this.#manager ??= this.#connect());
    try {
      return [await manager, () => { this.#leave(); }]; // prettier-ignore
    } catch (error) {
      if (this.#manager === manager) this.#manager = undefined;
      this.#leave();
      throw error;
    }
  }

  #leave(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#timer = setTimeout(() => {
      void this.#manager?.then((manager) => manager.close());
      this.#manager = undefined;
    }, idle).unref();
  }
}

// In milliseconds: somebody looks at the progress of a transfer in the foreground.
const pollIntervals = { foreground: 500, background: 2000 } as const;

/** A manager for each priority, since transfers in the background are looked at less often. */
export function perPriority<Manager extends Closeable>(
  connect: (pollInterval: number) => Promise<Manager>,
) {
  const { foreground, background } = pollIntervals;
  return {
    foreground: new SharedManager(() => connect(foreground)),
    background: new SharedManager(() => connect(background)),
  };
}
