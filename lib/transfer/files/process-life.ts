// SPDX-License-Identifier: MIT
//
// Whether a process lives, on systems other than Windows. A number alone does not tell: the system gives
// it to another process later.

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const ended = 'ended';

/** When a process started, as a text that only this process has; empty if the system does not say it. */
export async function startOf(pid: number, platform = process.platform): Promise<string> {
  return (await (platform === 'linux' ? startInProc(pid) : startByPs(pid))) ?? '';
}

/** Whether the process with this number that started then has not ended. */
export async function isAlive(pid: number, started: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process does not take signals, but it lives.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = await startOf(pid);
  if (now === ended) return false;
  return now === started || now === '' || started === '';
}

// In ticks since the system started, so it needs the id of that start. See proc_pid_stat(5).
async function startInProc(pid: number): Promise<string | undefined> {
  const [boot, stat] = await Promise.all([
    textOf('/proc/sys/kernel/random/boot_id'),
    textOf(`/proc/${String(pid)}/stat`),
  ]);
  // The second field is a name in parentheses that may have both in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', ticks] = [fields[0], fields[19]];
  if (ticks === undefined) return undefined;
  // A process that ended stays in the table until its parent takes notice.
  return /[ZX]/.test(state) ? ended : `${boot.trim()} ${ticks}`;
}

async function startByPs(pid: number): Promise<string | undefined> {
  const { execFile } = await import('node:child_process');
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const asked = promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
  const answer = await asked.catch(() => undefined);
  return answer?.stdout.trim();
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
