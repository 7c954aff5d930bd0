// SPDX-License-Identifier: MIT
//
// Ctrl+C: the first one stops the command, which then cleans up; a second one ends the process at once,
// in case a service does not answer.

import { interrupted } from './failure.js';

// Also what a closed console or a shutdown sends.
const signals = ['SIGINT', 'SIGBREAK', 'SIGTERM', 'SIGHUP'] as const;

export class Interruption {
  readonly #controller = new AbortController();

  constructor() {
    for (const name of signals) {
      process.on(name, () => {
        if (this.signal.aborted) process.exit(interrupted);
        this.stop();
      });
    }
    // Nobody reads any more, as with `dosvc jobs | head -1`.
    process.stdout.on('error', () => {
      this.stop();
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    this.#controller.abort();
  }
}
