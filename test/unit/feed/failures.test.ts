// SPDX-License-Identifier: MIT
// When listeners hear that a job or download cannot be read.

import { describe, expect, vi } from 'vitest';
import { failure, it, passed, poll, ToySource, unavailable } from './toy.js';

describe('a failed look', () => {
  it('is reported if the next look fails, too, and only once until a look succeeds', async ({
    toy,
  }) => {
    const { heard } = toy.listen();
    await passed();
    toy.failure = failure('E_FAIL', 0x80004005);
    await passed(poll);
    expect(heard).toHaveLength(1);
    await passed(5 * poll);
    toy.failure = undefined;
    await passed(poll);
    toy.failure = failure('E_FAIL', 0x80004005);
    await passed(5 * poll);
    expect(heard.slice(1)).toEqual(['lost: E_FAIL', 'found', 'lost: E_FAIL']);
  });

  it('is reported once, even though each failure is an answer of the service', async ({ toy }) => {
    const { heard, source } = toy.listen();
    await passed();
    toy.failure = failure('E_OUTOFMEMORY', 0x8007000e);
    for (let looks = 0; looks < 6; ++looks) {
      source.answered = performance.now() + poll;
      await passed(poll);
    }
    expect(heard.slice(1)).toEqual(['lost: E_OUTOFMEMORY']);
  });

  it('that was reported is over once a look succeeds, even if nothing changed', async ({ toy }) => {
    const { heard } = toy.listen();
    await passed();
    toy.failure = failure('E_FAIL', 0x80004005);
    await passed(poll);
    toy.failure = undefined;
    await passed(poll);
    expect(heard).toEqual([toy.now]);
    toy.failure = failure('E_FAIL', 0x80004005);
    await passed(2 * poll);
    toy.failure = undefined;
    await passed(3 * poll);
    expect(heard).toEqual([toy.now, 'lost: E_FAIL', 'found']);
  });

  it('is also over for a listener that has not heard of it', async ({ toy }) => {
    const first = toy.listen();
    await passed();
    toy.failure = failure('E_FAIL', 0x80004005);
    await passed(2 * poll);
    expect(first.heard).toContain('lost: E_FAIL');
    const found = vi.fn();
    const nothing = () => undefined;
    const { source } = first;
    toy.feed.join({ source, poll, changed: nothing, refused: nothing, lost: nothing, found });
    first.leave();
    toy.failure = undefined;
    await passed(2 * poll);
    expect(found).toHaveBeenCalled();
  });

  it('is not reported if the next look fails with another code', async ({ toy }) => {
    const { heard } = toy.listen();
    await passed();
    toy.failure = failure('RPC_S_SERVER_UNAVAILABLE', unavailable);
    await passed(poll);
    toy.failure = failure('E_ACCESSDENIED', 0x80070005);
    await passed(50);
    toy.failure = undefined;
    await passed(2 * poll);
    expect(heard).toHaveLength(1);
  });

  it('makes the feed look every 2 s, however slow the poll', async ({ toy }) => {
    toy.listen(new ToySource(), 60_000);
    await passed();
    toy.failure = failure('E_FAIL', 0x80004005);
    await passed(60_000);
    expect(toy.looks).toBe(2);
    await passed(8000);
    expect(toy.looks).toBe(6);
  });

  it('is repeated soon if the service has stopped, and then less and less often', async ({
    toy,
  }) => {
    toy.listen(new ToySource(), 60_000);
    await passed();
    toy.failure = failure('RPC_S_SERVER_UNAVAILABLE', unavailable);
    await passed(60_000);
    const looks: number[] = [];
    for (const delay of [50, 100, 200, 400, 800, 1600, 2000, 2000]) {
      await passed(delay);
      looks.push(toy.looks);
    }
    expect(looks).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('is not reported if the service answered for the source in between', async ({ toy }) => {
    const { heard, source } = toy.listen(new ToySource({ pollInterval: poll }, 3000));
    await passed();
    toy.failure = failure('RPC_S_SERVER_UNAVAILABLE', unavailable);
    for (let time = 0; time < 10; time++) {
      await passed(poll);
      source.answered = performance.now();
    }
    expect(heard).toHaveLength(1);
    await passed(5 * poll);
    expect(heard).toHaveLength(2);
  });

  it('is reported to each listener once its patience ends, if the service has stopped', async ({
    toy,
  }) => {
    const hasty = toy.listen(new ToySource({ pollInterval: poll }, 3000));
    const patient = toy.listen(new ToySource({ pollInterval: poll }, 9000));
    await passed();
    toy.failure = failure('RPC_S_SERVER_UNAVAILABLE', unavailable);
    await passed(4 * poll);
    expect([hasty.heard.length, patient.heard.length]).toEqual([2, 1]);
    await passed(4 * poll);
    expect([hasty.heard.length, patient.heard.length]).toEqual([2, 2]);
  });

  it('is not reported if the service answers again', async ({ toy }) => {
    const { heard } = toy.listen(new ToySource({ pollInterval: poll }, 3000));
    await passed();
    for (let time = 0; time < 5; time++) {
      toy.failure = failure('RPC_S_SERVER_UNAVAILABLE', unavailable);
      await passed(poll);
      toy.failure = undefined;
      await passed(poll);
    }
    expect(heard).toEqual([toy.now]);
  });

  it('is reported at once if the service no longer knows the transfer, and ends the poll', async ({
    toy,
  }) => {
    toy.failure = failure('MISSING', 0x80d02003);
    const { heard } = toy.listen();
    await passed(10 * poll);
    expect({ heard, looks: toy.looks }).toEqual({ heard: ['lost: MISSING'], looks: 1 });
    const late = toy.listen();
    await passed();
    expect({ first: heard.length, late: late.heard }).toEqual({
      first: 1,
      late: ['lost: MISSING'],
    });
  });

  it('is ignored if the object was closed meanwhile', async ({ toy }) => {
    const { source, heard } = toy.listen();
    await passed();
    toy.failure = failure('MISSING', 0x80d02003);
    const goOn = toy.holdLooks();
    await passed(poll);
    source.open = false;
    goOn();
    await passed();
    expect({ looks: toy.looks, heard }).toEqual({ looks: 2, heard: [toy.now] });
  });
});
