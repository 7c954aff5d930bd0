// SPDX-License-Identifier: MIT
// Runs a program in a pseudo terminal of Linux, which `script` of util-linux makes.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Screen, type Size } from './screen.js';

export interface InTerminal {
  readonly screen: Screen;
  /** Everything that was written to the terminal. */
  readonly written: () => string;
  /** Presses keys; '\x03' is Ctrl+C. */
  press: (keys: string) => void;
  /** Changes the size of the terminal, of which its program hears by SIGWINCH. */
  resize: (size: Size) => void;
  /** Resolves as soon as what the screen shows passes. */
  shows: (passes: (lines: string[]) => boolean) => Promise<void>;
  /** The exit status. */
  readonly ended: Promise<number | null>;
}

/** More than a program needs. One that hangs is killed. */
const patience = 60_000;

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** @param words The program's file, and its arguments. */
export function inTerminal(
  words: readonly string[],
  size: Size,
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
): InTerminal {
  const screen = new Screen(size);
  const command = [process.execPath, ...words].map(quoted).join(' ');
  const sizeWords = ({ columns, rows }: Size) => ['cols', String(columns), 'rows', String(rows)];
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-terminal-'));
  const device = join(folder, 'device');
  const line = `stty ${sizeWords(size).join(' ')}; tty > ${device}; exec ${command}`;
  // Vitest's own options, and what tells it to color or not, are not for a child. CI counts: Node
  // gives a terminal no color where it is set.
  const usual: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_OPTIONS: '',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
  };
  delete usual.CI;
  delete usual.NO_COLOR;
  delete usual.FORCE_COLOR;
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    cwd,
    env: { ...usual, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  let written = '';
  let taken = Promise.resolve();
  const looks = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (output: string) => {
    written += output;
    taken = taken
      .then(() => screen.write(output))
      .then(() => {
        for (const look of looks) look();
      });
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      rmSync(folder, { recursive: true });
      taken.then(() => {
        resolve(status);
      }, reject);
    });
  });
  const shows = (passes: (lines: string[]) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!passes(screen.lines)) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
      ended.then(() => {
        look();
        reject(new Error(`It ended, and the screen shows:\n${screen.lines.join('\n')}`));
      }, reject);
    });
  const press = (keys: string) => {
    child.stdin.write(keys);
  };
  const resize = (to: Size) => {
    screen.resize(to);
    execFileSync('stty', ['-F', readFileSync(device, 'utf8').trim(), ...sizeWords(to)]);
  };
  return { screen, written: () => written, press, resize, shows, ended };
}
