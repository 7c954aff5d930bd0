// SPDX-License-Identifier: MIT
// The time limit: what becomes of a check that takes too long, fails or is aborted.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allOf, Limit } from '../../../lib/diagnose/limit.js';
import { DosvcError } from '../../../lib/errors.js';

const long = 60_000;

/** The findings of one check within a limit. */
async function checked(
  check: (limit: Limit) => Promise<readonly never[]>,
  timeout = long,
  caller?: AbortSignal,
) {
  const limit = new Limit(caller, timeout);
  try {
    return await limit.check('the moon', () => check(limit));
  } finally {
    limit.end();
  }
}

/** Goes on until the limit ends it. */
function waits({ signal }: Limit): Promise<never[]> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

describe('a check', () => {
  it('that takes too long is a finding', async () => {
    expect(await checked(waits, 10)).toMatchObject([
      { code: 'check-incomplete', severity: 'warning', facts: { check: 'the moon' } },
    ]);
  });

  it('that begins too late does not begin', async () => {
    const limit = new Limit(undefined, 1);
    await expect(waits(limit)).rejects.toThrow();
    const check = () => {
      throw new Error('began');
    };
    expect(await limit.check('the moon', check)).toMatchObject([{ code: 'check-incomplete' }]);
    expect(limit.callTimeout).toBe(1);
    limit.end();
  });

  it('that fails is a finding with the code, without the message', async () => {
    const error = new DosvcError('C:\\Users\\secret', { code: 'ERR_DOSVC_CLOSED' });
    const [found] = await checked(() => Promise.reject(error));
    expect(found).toMatchObject({ code: 'check-failed', facts: { code: 'ERR_DOSVC_CLOSED' } });
    expect(found?.meaning).toBe(
      'The check of the moon failed: ERR_DOSVC_CLOSED. The object or its manager was closed.',
    );
  });

  it('that the system does not allow is a finding as well', async () => {
    const refused = { code: 'EACCES', syscall: 'mkdtemp', path: 'C:\\Users\\secret' };
    const error = Object.assign(new Error('secret'), refused);
    const [found] = await checked(() => Promise.reject(error));
    expect(found).toMatchObject({ code: 'check-failed', facts: { code: 'EACCES' } });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('that makes a mistake rejects', async () => {
    const mistake = new TypeError('a mistake');
    await expect(checked(() => Promise.reject(mistake))).rejects.toBe(mistake);
  });

  it('that the caller aborts rejects', async () => {
    const controller = new AbortController();
    const aborted = checked(waits, long, controller.signal);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
  });
});

it('a call may take ten seconds, and no longer than all checks', () => {
  for (const [timeout, most] of [
    [long, 10_000],
    [500, 500],
  ] as const) {
    const limit = new Limit(undefined, timeout);
    expect(limit.callTimeout).toBeGreaterThan(0);
    expect(limit.callTimeout).toBeLessThanOrEqual(most);
    limit.end();
  }
});

it('all checks end before one rejects', async () => {
  let ended = false;
  const slow = sleep(20).then(() => {
    ended = true;
    return [];
  });
  await expect(allOf([Promise.reject(new Error('planted')), slow])).rejects.toThrow('planted');
  expect(ended).toBe(true);
  expect(await allOf([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
});
