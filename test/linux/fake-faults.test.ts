// SPDX-License-Identifier: MIT
// Each sanitizer finds the fault that is planted for it, on a thread of the pool; the plain build,
// which finds none, shows that it was the sanitizer. So it runs beside them, too.

import { expect, it } from 'vitest';
import { asan, builds, plain, run, tsan, type Build } from './fake/builds';

const faults: [build: Build, fault: string, report: RegExp][] = [
  [asan, 'use-after-free', /ERROR: AddressSanitizer: heap-use-after-free .*[^]*fake::UseAfterFree/],
  [asan, 'leak', /ERROR: LeakSanitizer: detected memory leaks[^]*4000 byte.*[^]*fake::Leak/],
  [asan, 'overflow', /runtime error: signed integer overflow: 2147483647 \+ 1[^]*fake::Overflow/],
  [tsan, 'race', /WARNING: ThreadSanitizer: data race[^]*fake::Race/],
];

it.each(faults.filter(([build]) => builds.includes(build)))(
  '$name finds $1',
  async (build, fault, report) => {
    const { status, stderr } = await run(build, 'fault', [fault]);
    expect(stderr).toMatch(report);
    expect(status).not.toBe(0);
  },
);

it.each(['leak', 'overflow', 'race'])('the plain build does not find %s', async (fault) => {
  expect(await run(plain, 'fault', [fault])).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
});

it.each(builds)('$name: a function on the wrong thread fails an assertion', async (build) => {
  const { status, stdout, stderr } = await run(build, 'fault', ['wrong-thread']);
  expect(stderr).toContain('Assertion `current_thread == thread');
  expect(stdout).toBe('');
  expect(status).not.toBe(0);
});
