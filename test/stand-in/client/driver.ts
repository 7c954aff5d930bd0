// SPDX-License-Identifier: MIT
// Runs the driver of the transfers (fetch_driver.cc) in a process of its own.

import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join('build', 'test', 'fetch_driver.exe');

/** The driver's output, line by line: the first word, and the rest. */
export class Said {
  readonly #lines: [string, string][];

  constructor(stdout: string) {
    const lines = stdout.split(/\r?\n/).filter((line) => line !== '');
    this.#lines = lines.map((line) => {
      const [what = ''] = line.split(' ', 1);
      return [what, line.slice(what.length + 1)];
    });
  }

  all(what: string): string[] {
    return this.#lines.filter(([name]) => name === what).map(([, text]) => text);
  }

  last(what: string): string | undefined {
    return this.all(what).at(-1);
  }

  /** How the transfer ended. */
  get ending(): object {
    const [outcome, hresult, local] = ['outcome', 'hresult', 'local'].map((of) => this.last(of));
    return { outcome, hresult, local: local === 'yes' };
  }
}

export interface Running {
  kill: () => void;
  ended: Promise<Said>;
}

export function start(args: (string | number)[]): Running {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-driver-'));
  const file = join(folder, 'stdout');
  const out = openSync(file, 'w');
  const child = spawn(program, args.map(String), { stdio: ['ignore', out, out] });
  closeSync(out);
  const ended = new Promise<Said>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      resolve(new Said(readFileSync(file, 'utf8')));
      rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
    });
  });
  return { kill: () => void child.kill('SIGKILL'), ended };
}

/** One download: a target in a folder of its own, and the state that the driver keeps. */
export class Download {
  readonly folder = mkdtempSync(join(tmpdir(), 'dosvc-transfer-'));
  readonly target: string;
  readonly url: string;
  readonly #state = join(this.folder, 'state');

  constructor(url: string, target = 'file.bin') {
    this.url = url;
    this.target = join(this.folder, target);
  }

  start(...options: string[]): Running {
    return start(['fetch', this.#state, this.url, this.target, ...options]);
  }

  fetch(...options: string[]): Promise<Said> {
    return this.start(...options).ended;
  }

  async complete(): Promise<string | undefined> {
    return (await start(['complete', this.#state, this.target]).ended).last('hresult');
  }

  async cancel(): Promise<string | undefined> {
    return (await start(['cancel', this.#state]).ended).last('hresult');
  }

  /** The lines of the saved state: temporary path, done, total, size, versions and address. */
  get kept(): string[] {
    return existsSync(this.#state) ? readFileSync(this.#state, 'utf16le').split('\n') : [];
  }

  get temporary(): Buffer {
    return readFileSync(this.kept[0] ?? '');
  }

  /** Returns the file attributes that are set. */
  async attributes(path = this.target): Promise<string[]> {
    return (await start(['attributes', path]).ended).all('attribute');
  }

  /** Puts a folder that is not empty in the target's place. */
  blockTarget(): void {
    mkdirSync(join(this.target, 'inside'), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
