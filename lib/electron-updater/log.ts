// SPDX-License-Identifier: MIT
//
// What the updater's logger is told.

import type { Updater } from './surface.js';

export class Log {
  readonly #updater: Updater;
  readonly #said = new Set<string>();

  constructor(updater: Updater) {
    this.#updater = updater;
  }

  info(message: string): void {
    this.#updater.logger?.info(`dosvc: ${message}`);
  }

  warn(message: string): void {
    this.#updater.logger?.warn(`dosvc: ${message}`);
  }

  /** Says it, unless it was said before. */
  once(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.info(message);
  }
}
