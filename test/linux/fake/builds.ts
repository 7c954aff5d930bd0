// SPDX-License-Identifier: MIT
// The builds of the addon with the fake engine, and how a scenario runs under each of them. Node
// itself is not instrumented, so a sanitizer's library is preloaded.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export const clone = join(import.meta.dirname, '../../..');

export interface Build {
  name: string;
  folder: string;
  /** The sanitizer's library, as the compiler names it. */
  library?: string;
  options?: Record<string, string>;
}

// The sanitizers guess where a module's thread-local storage begins, and crash if they guess wrong.
const noGuess = 'intercept_tls_get_addr=0';
const asanOptions = [noGuess, 'detect_stack_use_after_return=1', 'strict_string_checks=1'];
const lsanOptions = [
  'print_suppressions=0',
  `suppressions=${join(import.meta.dirname, 'lsan.supp')}`,
];
// ThreadSanitizer sees Node's own synchronisation through the C library, but not its memory
// accesses.
const tsanOptions = [
  noGuess,
  'ignore_noninstrumented_modules=1',
  'halt_on_error=1',
  'second_deadlock_stack=1',
  'atexit_sleep_ms=0',
];

export const plain: Build = { name: 'plain', folder: 'linux' };
export const asan: Build = {
  name: 'AddressSanitizer and UndefinedBehaviorSanitizer',
  folder: 'linux-asan',
  library: 'libasan.so',
  options: {
    ASAN_OPTIONS: asanOptions.join(':'),
    LSAN_OPTIONS: lsanOptions.join(':'),
    UBSAN_OPTIONS: 'print_stacktrace=1',
  },
};
export const tsan: Build = {
  name: 'ThreadSanitizer',
  folder: 'linux-tsan',
  library: 'libtsan.so',
  options: { TSAN_OPTIONS: tsanOptions.join(':') },
};
/** Those of this run: sanitizers take long, so `npm run test:endurance` has them. */
export const builds = process.env.DOSVC_TEST_SANITIZERS === undefined ? [plain] : [asan, tsan];

/** The path of a sanitizer's library, from the compiler. */
function pathOf(library: string): string {
  const { stdout } = spawnSync('g++', [`-print-file-name=${library}`], { encoding: 'utf8' });
  return realpathSync(stdout.trim());
}

export interface Ended {
  /** Null if a signal ended the scenario, as it does when the scenario hangs. */
  status: number | null;
  stdout: string;
  stderr: string;
}

export function addonOf({ folder }: Build): string {
  return join(clone, 'build', folder, 'dosvc.node');
}

/** Runs test/linux/fake/<scenario>.cjs to its end. */
export function run(
  build: Build,
  scenario: string,
  args: string[] = [],
  more: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const addon = addonOf(build);
  if (!existsSync(addon)) {
    const what = build.library === undefined ? 'rest' : 'sanitizers';
    throw new Error(`${addon} has not been built: npm run build -- ${what}`);
  }
  const script = join(import.meta.dirname, `${scenario}.cjs`);
  const env: NodeJS.ProcessEnv = { ...process.env, ...build.options, ...more, DOSVC_FAKE: addon };
  if (build.library) env.LD_PRELOAD = pathOf(build.library);
  delete env.NODE_OPTIONS;
  const child = spawn(process.execPath, [script, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 90_000,
    killSignal: 'SIGKILL',
  });
  const ended: Ended = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (ended.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (ended.stderr += data.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ ...ended, status });
    });
  });
}
