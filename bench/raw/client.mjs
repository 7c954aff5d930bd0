// SPDX-License-Identifier: MIT
// @ts-check
// Drives the raw client, or another program that takes the same commands. It is a program of its
// own, not a library in this process: so it has its own connection to the service and no Node beside
// it, which is what a C++ program has. It takes the time itself, so that the way of the command to it
// does not count, and sleeps in a read between the batches.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const raw = fileURLToPath(new URL('../../build/bench/raw.exe', import.meta.url));

export class RawClient {
  #child;
  #lines;

  /** @param {string[]} command */
  constructor([program = '', ...args]) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    // Where it ends too early, the missing answer says so.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  /**
   * @template T
   * @param {string} job its id
   * @param {(client: RawClient) => Promise<T>} use
   * @returns {Promise<T>}
   */
  static with(job, use) {
    return RawClient.of([raw, `{${job}}`], use);
  }

  /**
   * @template T
   * @param {string[]} command the program and its arguments
   * @param {(client: RawClient) => Promise<T>} use
   * @returns {Promise<T>}
   */
  static async of(command, use) {
    const client = new RawClient(command);
    try {
      await once(client.#child, 'spawn');
      await client.#next();
      return await use(client);
    } finally {
      client.#child.kill();
    }
  }

  /**
   * @param {'state' | 'await' | 'snapshot' | 'list'} command `await` is .NET's alone
   * @param {number} count how often, one after another
   * @returns {Promise<import('../pairs.mjs').Batch>} of one call, one snapshot or one job listed
   */
  async batch(command, count) {
    this.#child.stdin.write(`${command} ${String(count)}\n`);
    const [elapsed = NaN, cpu = NaN, units = NaN] = (await this.#next()).split(' ').map(Number);
    return { elapsed: elapsed / units, cpu: cpu / units };
  }

  async #next() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The raw client ended; stderr says why.');
    return value;
  }
}
