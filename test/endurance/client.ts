// SPDX-License-Identifier: MIT
// A client of the service in a process of its own. Each client needs one: within one process, Wine
// 8's combase revives proxies that are being destroyed.

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Output } from '../processes/output.js';

const program = join(import.meta.dirname, 'programs/call-on.mjs');

export class Client {
  readonly #process: ChildProcess;
  readonly #output: Output;
  /** How much of the output was heard. */
  #heard = 0;
  /** The number of the process that answered last. */
  #server = 0;
  /** Each failure: `activation 0x…` or `call 0x…`. */
  readonly failures: string[] = [];

  /** @param path of a file for the client's output */
  constructor(path: string) {
    // Under Wine, Node cannot open a pipe as its stdout, but it can open a file.
    const stdout = openSync(path, 'w');
    this.#process = spawn(process.execPath, [program], {
      // Vitest's own NODE_OPTIONS are not for a child.
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', stdout, stdout],
    });
    closeSync(stdout);
    this.#output = new Output(path);
  }

  /** Resolves when a process other than `than` has answered the client, with its number. */
  async answerOfOther(than: number): Promise<number> {
    for (;;) {
      this.#listen();
      if (this.#server !== than) return this.#server;
      if (this.#process.exitCode !== null) {
        throw new Error(`The client has ended: ${this.failures.join('; ')}`);
      }
      await sleep(5);
    }
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    if (this.#process.exitCode === null && this.#process.kill('SIGKILL')) await ended;
    this.#output.close();
  }

  #listen(): void {
    const { text } = this.#output;
    const lines = text.slice(this.#heard, text.lastIndexOf('\n') + 1).split('\n');
    for (const line of lines.slice(0, -1)) {
      this.#heard += line.length + 1;
      this.#hear(line);
    }
  }

  #hear(line: string): void {
    const [, server] = /^answered by (\d+)$/.exec(line) ?? [];
    if (server !== undefined) this.#server = Number(server);
    else this.failures.push(line);
  }
}
