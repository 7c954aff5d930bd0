// SPDX-License-Identifier: MIT
// The limits of a watch: which time counts as a stall, and what the error says of the transfer.

import { describe, expect, it, vi } from 'vitest';
import { DosvcError } from '../../../lib/errors.js';
import { Watch } from '../../../lib/feed/watch.js';
import type { Remote } from '../../../lib/remote/remote.js';
import { clock, stopClock } from './clock.js';
import { poll } from './toy.js';

stopClock();

/** A watch of something that is polled every {@link poll} ms. */
function watchFor(options: { timeout?: number; stallTimeout?: number }): Watch<never> {
  const nothing = () => undefined;
  const connection = { pollInterval: poll, service: { invalidState: 0x80200002 } };
  const remote = { connection, checkOpen: nothing, onClose: () => nothing };
  return new Watch(remote as unknown as Remote, 'job', options);
}

/** Lets one poll pass, after the process has slept for a time in which no timer fires. */
function pass(slept = 0): void {
  clock.now += poll + slept;
  vi.advanceTimersByTime(poll);
}

/** The error with which a watch ended; undefined while it goes on. */
function endOf(watch: Watch<never>): DosvcError | undefined {
  try {
    expect(watch.ended).toBe(false);
    return undefined;
  } catch (error) {
    if (error instanceof DosvcError) return error;
    throw error;
  }
}

it.each([
  [undefined, poll],
  [1, 10],
  [50, 25],
  [1001, 501],
  [2 * poll + 1, 1334],
  [5 * poll, poll],
  [2 ** 31 - 1, 2000],
])('a stall after %s ms is looked for every %i ms', (limit, every) => {
  const watch = watchFor(limit === undefined ? {} : { stallTimeout: limit });
  expect(watch.poll).toBe(every);
  watch.stop();
});

describe('a stall', () => {
  const stallTimeout = 5 * poll;
  const stalled = { code: 'ERR_DOSVC_STALLED', retryable: true };

  it('is the whole time without a byte', () => {
    const watch = watchFor({ stallTimeout });
    for (let polls = 0; polls < 4; ++polls) pass();
    expect(endOf(watch)).toBeUndefined();
    // In the middle between two polls.
    clock.now += poll / 2;
    watch.moved();
    clock.now -= poll / 2;
    for (let polls = 0; polls < 5; ++polls) pass();
    expect(endOf(watch)).toBeUndefined();
    pass();
    expect(endOf(watch)).toMatchObject(stalled);
    watch.stop();
  });

  it('does not have the time in which the process slept', () => {
    const watch = watchFor({ stallTimeout });
    pass();
    pass(10 * stallTimeout);
    for (let polls = 0; polls < 2; ++polls) pass();
    expect(endOf(watch)).toBeUndefined();
    pass();
    expect(endOf(watch)).toMatchObject(stalled);
    watch.stop();
  });

  it('is not reported as the process wakes up, but a poll later', () => {
    const watch = watchFor({ stallTimeout });
    for (let polls = 0; polls < 4; ++polls) pass();
    pass(stallTimeout);
    expect(endOf(watch)).toBeUndefined();
    pass();
    expect(endOf(watch)).toMatchObject(stalled);
    watch.stop();
  });

  it('is reported even if the event loop is blocked again and again', () => {
    const watch = watchFor({ stallTimeout });
    for (let polls = 0; polls < 10; ++polls) pass(2 * poll);
    expect(endOf(watch)).toMatchObject(stalled);
    watch.stop();
  });
});

describe('the error of a limit', () => {
  const messageOf = (watch: Watch<never>) => {
    pass();
    const error = endOf(watch);
    watch.stop();
    return error?.message;
  };

  it('says who makes the transfer continue', () => {
    const continues =
      'it continues in the service: wait again, check its error and the network, or end it.';
    const unknown = watchFor({ timeout: poll });
    expect(messageOf(unknown)).toBe(
      `The job was not transferred within 2000 ms. It continues${continues.slice(12)}`,
    );
    const connecting = watchFor({ timeout: poll });
    connecting.stands({ state: 'connecting' });
    expect(messageOf(connecting)).toBe(
      `The job was not transferred within 2000 ms. Last seen in the state 'connecting', ${continues}`,
    );
    const suspended = watchFor({ timeout: poll });
    suspended.stands({ state: 'suspended', remedy: 'resume() starts it' });
    expect(messageOf(suspended)).toBe(
      'The job was not transferred within 2000 ms. It is suspended: resume() starts it.',
    );
  });

  it('has the error of the moment as its cause, and its blame', () => {
    const watch = watchFor({ timeout: poll });
    const trouble = new DosvcError('down', { code: 'BG_E_BLOCKED_BY_BATTERY_SAVER' });
    watch.stands({ state: 'transient-error', trouble });
    pass();
    const error = endOf(watch);
    expect(error?.cause).toBe(trouble);
    expect(error).toMatchObject({ blame: 'policy', transient: false });
    expect(error?.message).toMatch(/ The service reports BG_E_BLOCKED_BY_BATTERY_SAVER\.$/);
    watch.stop();
  });

  it('blames the caller for a transfer that only the caller can continue, else the network', () => {
    const [suspended, transferring] = [watchFor({ timeout: poll }), watchFor({ timeout: poll })];
    suspended.stands({ state: 'suspended', remedy: 'resume() starts it' });
    transferring.stands({ state: 'transferring' });
    pass();
    expect(endOf(suspended)?.blame).toBe('caller');
    expect(endOf(transferring)?.blame).toBe('network');
    for (const watch of [suspended, transferring]) watch.stop();
  });

  it('has the error of the last look as its cause, if that failed', () => {
    const gone = new DosvcError('gone', { code: 'RPC_S_SERVER_UNAVAILABLE' });
    const watch = watchFor({ timeout: poll });
    watch.stands({ state: 'transferring' });
    watch.read(gone);
    pass();
    const error = endOf(watch);
    expect(error?.cause).toBe(gone);
    expect(error?.message).toMatch(/ Its state cannot be read: RPC_S_SERVER_UNAVAILABLE\.$/);
    watch.stop();
    const again = watchFor({ timeout: poll });
    again.read(gone);
    again.read();
    pass();
    expect(endOf(again)?.cause).toBeUndefined();
    again.stop();
  });
});
