// SPDX-License-Identifier: MIT
// Runs PowerShell scripts, for a test: what they print, and how they end. Under Wine PowerShell is the
// one that check:powershell has installed, on Windows the one on the PATH.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { it as base } from '../service/fixtures.js';
import { interrupt } from '../processes/interrupt.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { ProcessTree } from '../system/process-tree.js';

export interface Ending {
  stdout: string;
  stderr: string;
  /** What the script exits with. */
  status: number | null;
}

export interface Running {
  /** Resolves when stdout or stderr contains the text. */
  said: (text: string) => Promise<void>;
  /** Presses Ctrl+C in the script's console. */
  interrupt: () => Promise<void>;
  /** Ends the script, and everything that it has started. */
  end: () => void;
  ended: Promise<Ending>;
}

/** The script's parameters by name. */
type Parameters = Record<string, string>;

interface Fixtures {
  /** Starts a script of scripts/. It ends with the test, and so does everything that it has started. */
  startPwsh: (script: string, parameters?: Parameters) => Running;
  /** Runs one to its end. */
  pwsh: (script: string, parameters?: Parameters) => Promise<Ending>;
}

/** More than a script needs. One that hangs is ended, and its test fails. */
const patience = 60_000;

const powerShell = process.env.DOSVC_TEST_PWSH ?? 'pwsh';
const options = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'];

const env = {
  ...process.env,
  DOSVC_TEST_NODE: process.execPath,
  // Vitest's own are not for them.
  NODE_OPTIONS: '',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
};

export const it = base.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that they outlast the scripts
  startPwsh: async ({ server: _server, folder: _folder, own: _own }, use) => {
    const begun: Running[] = [];
    await use((script, parameters = {}) => {
      const one = start(script, parameters);
      begun.push(one);
      return one;
    });
    for (const { end } of begun) end();
    await Promise.allSettled(begun.map(({ ended }) => ended));
  },
  pwsh: async ({ startPwsh }, use) => {
    await use((script, parameters) => startPwsh(script, parameters).ended);
  },
});

function start(script: string, parameters: Parameters): Running {
  const file = join(import.meta.dirname, 'scripts', `${script}.ps1`);
  const named = Object.entries(parameters).flatMap(([name, value]) => [`-${name}`, value]);
  // Without a console PowerShell exits with 0 and prints nothing. Node gives a child one of its own,
  // without a window, if the child inherits none of Node's own files.
  const child = spawn(powerShell, [...options, '-File', file, ...named], {
    env,
    stdio: 'pipe',
    windowsHide: true,
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  const tree = child.pid === undefined ? undefined : new ProcessTree(child.pid);
  const output = { stdout: '', stderr: '' };
  const hear = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const look of hear) look();
    });
  }
  child.stdin.end();
  const end = () => tree?.end();
  const failure = (how: string) =>
    new Error(`${script}.ps1 ${how}: ${output.stdout}${output.stderr}`);

  const ended = awaitedLater(
    new Promise<Ending>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', end);
      child.on('close', (status) => {
        if (child.killed) reject(failure('does not end'));
        else resolve({ ...output, status });
      });
    }),
  );

  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.stdout.includes(text) && !output.stderr.includes(text)) return;
        hear.delete(look);
        resolve();
      };
      hear.add(look);
      look();
      ended.then(() => {
        reject(failure(`ended without saying '${text}'`));
      }, reject);
    });
  return { said, interrupt: () => interrupt(child.pid), end, ended };
}
