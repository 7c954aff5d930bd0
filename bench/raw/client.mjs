// SPDX-License-Identifier: MIT
// @ts-check
// Drives the raw client, or another program that takes the same commands. The client is a separate
// program, not a library in this process: like any C++ program, it has its own connection to the
// service and no Node in its process. It takes the time itself, so that passing the command does not
// count, and blocks in a read between the batches.

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
    // If the program ends too early, #next() reports the missing answer.
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
   * @param {'state' | 'await' | 'snapshot' | 'list'} command only the .NET client knows `await`
   * @param {number} count how often, one after another
   * @returns {Promise<import('../pairs.mjs').Batch>} per call, snapshot or listed job
   */
  async batch(command, count) {
    this.#child.stdin.write(`${command} ${String(count)}\n`);
    const [elapsed = NaN, cpu = NaN, units = NaN] = (await this.#next()).split(' ').map(Number);
    return { elapsed: elapsed / units, cpu: cpu / units };
  }

  async #next() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The client ended; its stderr says why.');
    return value;
  }
}
