// SPDX-License-Identifier: MIT
// Which functions are in effect while several setNotifyInterface() calls are in progress on one job.

import { describe, expect, test, vi } from 'vitest';
import { DosvcError } from '../../lib/errors.js';
import type { FeedListener } from '../../lib/feed/feed-listener.js';
import type { JobLook } from '../../lib/jobs/job-look.js';
import { JobNotify } from '../../lib/jobs/notify-interface.js';
import { resultOf } from '../../lib/remote/calls.js';
import type { Remote } from '../../lib/remote/remote.js';
import type { Outcome } from '../../typings/binding.js';

const progress = { bytesTotal: 1, bytesTransferred: 0, filesTotal: 1, filesTransferred: 0 };
const first = { place: 1, started: 0, added: 0, error: null, modified: false, progress };
const accepted: Outcome = { hresult: 0, value: null };
const refused: Outcome = { hresult: 0x80070005, value: null };

const nothing = () => undefined;

/** A job whose service answers each call when the test says so. */
class Scene {
  readonly listeners = new Set<FeedListener<JobLook, Remote>>();
  readonly flags: unknown[] = [];
  /** Sends the next waiting hop, and answers it. */
  readonly answers: ((outcome: Outcome) => void)[] = [];
  sent: unknown[] = [];
  sink: number | undefined;
  readonly remote = {
    connection: { pollInterval: 1000, service: { title: 'BITS' }, open: true, onClose: vi.fn() },
    onClose: () => () => undefined,
    resultOf: (outcome: Outcome, operation: string) =>
      resultOf(outcome, { service: 'BITS', operation }),
    hop: (operation: string, make: () => unknown[]) =>
      operation === 'IBackgroundCopyJob::GetNotifyInterface'
        ? Promise.resolve([{ ...accepted, value: 'ours' }, accepted])
        : new Promise((resolve) => {
            this.answers.push((outcome) => {
              const calls = make();
              this.sent.push(...calls);
              resolve(calls.map(() => outcome));
            });
          }),
  } as never as Remote;
  readonly notify: JobNotify;

  constructor() {
    const join = (listener: FeedListener<JobLook, Remote>) => {
      this.listeners.add(listener);
      this.sink ??= 1;
      return () => {
        this.listeners.delete(listener);
        if (this.listeners.size === 0) this.sink = undefined;
      };
    };
    const sinkOf = (): unknown =>
      this.sink === undefined
        ? undefined
        : { interfaceCall: { sink: this.sink }, flagsCall: () => ({ sink: this.sink }) };
    const shared = {
      feed: { join },
      files: { listen: () => () => undefined },
      get sink() {
        return sinkOf();
      },
    };
    this.notify = new JobNotify(shared as never);
  }

  /** Sets functions of this name. Returns how the call settles, and how often a function was called. */
  set(name: string) {
    const callback = { name, jobTransferred: vi.fn() };
    return { callback, settled: this.notify.set(this.remote, {}, callback).catch(codeOf) };
  }

  async answer(outcome: Outcome): Promise<void> {
    this.answers.shift()?.(outcome);
    await Promise.resolve();
  }

  /** The job is transferred. Returns the name of the functions in effect. */
  async transferred(): Promise<unknown> {
    for (const { changed } of [...this.listeners]) {
      changed({ ...first, state: 'transferred' }, { ...first, state: 'transferring' });
    }
    const found = await this.notify.get(this.remote);
    return found === null ? null : (found as { name?: string }).name;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof DosvcError ? error.code : error;
}

const it = test.extend<{ scene: Scene }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the pattern
  scene: async ({}, use) => {
    await use(new Scene());
  },
});

const denied = 'E_ACCESSDENIED';

describe('of two calls in one tick', () => {
  it.for([
    [accepted, accepted, 'second', [0, 1]],
    [refused, accepted, 'second', [0, 1]],
    [accepted, refused, 'first', [1, 0]],
    [refused, refused, null, [0, 0]],
  ] as const)('%o, then %o: %s', async ([one, two, inEffect, calls], { scene }) => {
    const all = [scene.set('first'), scene.set('second')];
    await scene.answer(one);
    await scene.answer(two);
    const results = await Promise.all(all.map(({ settled }) => settled));
    expect(results).toEqual(
      [one, two].map((outcome) => (outcome === refused ? denied : undefined)),
    );
    expect(await scene.transferred()).toBe(inEffect);
    expect(all.map(({ callback }) => callback.jobTransferred.mock.calls.length)).toEqual(calls);
  });

  it.for([accepted, refused])(
    'functions set before are replaced: %o first',
    async (one, { scene }) => {
      const before = scene.set('before');
      await scene.answer(accepted);
      await before.settled;
      const both = [scene.set('first'), scene.set('second')];
      await scene.answer(one);
      await scene.answer(accepted);
      await Promise.all(both.map(({ settled }) => settled));
      expect(await scene.transferred()).toBe('second');
      expect(before.callback.jobTransferred).not.toHaveBeenCalled();
    },
  );
});

it('null removes all of them, also if one is refused later', async ({ scene }) => {
  const before = scene.set('before');
  await scene.answer(accepted);
  await before.settled;
  const later = scene.set('later');
  await scene.notify.set(scene.remote, {}, null);
  await scene.answer(refused);
  await later.settled;
  expect(await scene.transferred()).toBe(null);
  expect(before.callback.jobTransferred).not.toHaveBeenCalled();
});

describe('flags set by hand twice in one tick', () => {
  it.for([
    [accepted, accepted, 0],
    [refused, accepted, 0],
    [accepted, refused, 0],
    [refused, refused, 8],
  ] as const)('%o, then %o: a listener may add %i', async ([one, two, added], { scene }) => {
    const settings = [3, 2].map((flags) =>
      scene.notify.setFlags(scene.remote, flags).catch(nothing),
    );
    await scene.answer(one);
    await scene.answer(two);
    await Promise.all(settings);
    expect(scene.notify.wants(8)).toBe(added);
  });
});

describe('a call that waited for a restarted service', () => {
  it('is not sent with a callback object that has ended', async ({ scene }) => {
    const { settled } = scene.set('first');
    await scene.notify.set(scene.remote, {}, null);
    await scene.answer(accepted);
    expect(await settled).toBeUndefined();
    expect(scene.sent).toEqual([]);
  });

  it('is sent with the callback object of that time', async ({ scene }) => {
    const { settled } = scene.set('first');
    const flags = scene.notify.setFlags(scene.remote, 3);
    scene.sink = 2;
    await scene.answer(accepted);
    await scene.answer(accepted);
    await Promise.all([settled, flags]);
    expect(scene.sent).toEqual([{ sink: 2 }, { sink: 2 }]);
  });

  it('sets flags without a callback object if that has ended', async ({ scene }) => {
    const { settled } = scene.set('first');
    const flags = scene.notify.setFlags(scene.remote, 3);
    await scene.notify.set(scene.remote, {}, null);
    await scene.answer(accepted);
    await scene.answer(accepted);
    await Promise.all([settled, flags]);
    expect(scene.sent).toEqual([{ row: 'IBackgroundCopyJob::SetNotifyFlags', args: [3] }]);
  });
});
