// SPDX-License-Identifier: MIT
// The smoke suite ends whatever its checks do, and a run that was cut off counts as failed. That its
// checks find faults is in ../package/smoke.test.ts.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { smokeResult } from '../../tools/check/smoke.mjs';
import { Checks } from '../smoke/checks.mjs';

describe('checks', () => {
  const said: string[] = [];
  beforeEach(() => {
    vi.spyOn(console, 'log').mockImplementation((line: string) =>
      said.push(line.split('\n')[0] ?? ''),
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
    said.length = 0;
  });

  it('that throw, reject or hang have failed, and the next one runs', async () => {
    const checks = new Checks(20);
    await checks.check('throws', () => {
      throw new Error('thrown');
    });
    await checks.check('rejects', () => Promise.reject(new Error('rejected')));
    await checks.check('hangs', () => new Promise(() => undefined));
    await checks.check('passes', () => undefined);
    expect(said).toEqual([
      'FAILED: throws: Error: thrown',
      'FAILED: rejects: Error: rejected',
      'FAILED: hangs: Error: no end after 20 ms',
      'ok: passes',
    ]);
    expect(checks).toMatchObject({ passed: 1, failed: 3 });
  });
});

describe('the output of a run', () => {
  const head = 'Node 22.1.0 on win32-x64, dosvc 0.1.0\n';
  it.each([
    ['that passed', `${head}ok: a\r\nok: b\n2 passed, 0 failed\n`, 'Windows Node 22.1.0', 2, 0],
    [
      'with failures',
      `${head}ok: a\nFAILED: b: why\n1 passed, 1 failed\n`,
      'Windows Node 22.1.0',
      1,
      1,
    ],
    ['that was cut off', `Bun 1.4.5 on win32-x64, dosvc 0.1.0\nok: a\n`, 'Bun 1.4.5', 1, 1],
    ['that did not start', '', 'it did not start', 0, 1],
  ])('%s', (_, said, runtime, passed, failed) => {
    expect(smokeResult(said)).toEqual({ runtime, passed, failed });
  });
});
