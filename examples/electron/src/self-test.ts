// SPDX-License-Identifier: MIT
//
// `--self-test=RESULT --update-config=FILE`: the application updates itself from the feed of FILE, which is
// an app-update.yml, writes what happened to RESULT, and quits with a status. self-test.mjs starts it so.

import { writeFileSync } from 'node:fs';
import type { State } from './state.js';

export class SelfTest {
  /** The app-update.yml. */
  readonly config: string;
  readonly #result: string;
  readonly #said: string[] = [];

  constructor(config: string, result: string) {
    this.config = config;
    this.#result = result;
  }

  readonly logger = {
    info: (message?: unknown) => void this.#said.push(String(message)),
    warn: (message?: unknown) => void this.#said.push(String(message)),
    error: (message?: unknown) => void this.#said.push(String(message)),
  };

  /** The status to quit with; undefined while it is not over. */
  statusOf(state: State): number | undefined {
    if (['checking', 'downloading'].includes(state.name)) return undefined;
    writeFileSync(this.#result, JSON.stringify({ state, said: this.#said }, null, 2));
    const byService = this.#said.some((line) => /^dosvc: \d+ bytes from /.test(line));
    return state.name === 'ready' && byService ? 0 : 1;
  }
}

/** The test that the arguments of the process ask for, if they do. */
export function selfTestOf(args: readonly string[]): SelfTest | undefined {
  const of = (name: string) => {
    const begin = `--${name}=`;
    return args.find((arg) => arg.startsWith(begin))?.slice(begin.length);
  };
  const [config, result] = [of('update-config'), of('self-test')];
  return config === undefined || result === undefined ? undefined : new SelfTest(config, result);
}
