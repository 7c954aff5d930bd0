// SPDX-License-Identifier: MIT
// The ways in which a process or a worker can end, and what each of them shows.

import { expect } from 'vitest';
import type { Ending } from './child.js';

export interface Way {
  ending: string;
  status: number | null;
  signal?: NodeJS.Signals;
  /** Part of what it prints when it ends. */
  stdout?: string;
  stderr?: string;
  /** Whether a pending call keeps it alive. */
  waits?: true;
}

export const ways: Way[] = [
  { ending: 'return', status: 0, waits: true },
  { ending: 'exit', status: 7 },
  { ending: 'throw', status: 1, stderr: 'thrown at the end' },
  { ending: 'reject', status: 1, stderr: 'rejected at the end' },
  { ending: 'killed', status: null, signal: 'SIGTERM' },
  { ending: 'worker return', status: 0, stdout: 'status of the worker: 0', waits: true },
  { ending: 'worker exit', status: 0, stdout: 'status of the worker: 7' },
  { ending: 'worker throw', status: 0, stdout: 'error of the worker: thrown at the end' },
  { ending: 'worker reject', status: 0, stdout: 'error of the worker: rejected at the end' },
  { ending: 'worker killed', status: 0, stdout: 'status of the worker: 1' },
];

/** @param unknownJob the service's code for a job that it does not know */
export function expectEnd(end: Ending, way: Way, unknownJob: string): void {
  const { ending, status, signal = null, stdout = '', stderr = '' } = way;
  expect(end).toEqual({
    status,
    signal,
    stdout: expect.stringContaining(stdout) as string,
    stderr: stderr === '' ? '' : (expect.stringContaining(stderr) as string),
  });
  if (ending.startsWith('worker')) expect(end.stdout).toContain(`main goes on: ${unknownJob}`);
}
