// SPDX-License-Identifier: MIT
// Which looks a feed takes, and which of them its listeners hear.

import { describe, expect, onTestFinished } from 'vitest';
import { it, passed, poll, ToySource } from './toy.js';

/** A source on whose transfer a call has already been made. */
function afterACall(): ToySource {
  return Object.assign(new ToySource(), { calls: 1 });
}

describe('a look', () => {
  it('is emitted at first, and then if it differs from the one before', async ({ toy }) => {
    const { heard } = toy.listen();
    await passed(3 * poll);
    toy.now = { state: 'paused', bytes: 0 };
    await passed(poll);
    expect(heard).toEqual([
      { state: 'running', bytes: 0 },
      { state: 'paused', bytes: 0 },
    ]);
  });

  it('serves all listeners that join in one turn', async ({ toy }) => {
    const all = [toy.listen(), toy.listen(), toy.listen()];
    await passed();
    expect(all.map(({ heard }) => heard)).toEqual(all.map(() => [toy.now]));
    expect(toy.looks).toBe(1);
  });

  it('never overlaps another', async ({ toy }) => {
    const goOn = toy.holdLooks();
    const { source } = toy.listen();
    source.renew();
    source.renew();
    toy.call?.({ state: 'paused', bytes: 0 });
    await passed();
    expect(toy.looks).toBe(1);
    goOn();
    await passed();
    expect(toy.looks).toBe(2);
  });

  it('serves all listeners at once, including one that joins later', async ({ toy }) => {
    const first = toy.listen();
    await passed();
    const second = toy.listen();
    await passed();
    expect([first.heard, second.heard]).toEqual([[toy.now], [toy.now]]);
    await passed(poll);
    expect(toy.looks).toBe(3);
  });

  it('that began before a call does not serve a listener that joined after the call', async ({
    toy,
  }) => {
    const first = toy.listen();
    await passed();
    const goOn = toy.holdLooks();
    await passed(poll);
    toy.now = { state: 'paused', bytes: 0 };
    const second = toy.listen(afterACall());
    goOn();
    await passed();
    expect({ heard: second.heard, looks: toy.looks }).toEqual({ heard: [toy.now], looks: 3 });
    expect(first.heard).toEqual([{ state: 'running', bytes: 0 }, toy.now]);
  });

  it('from before a start is not for listeners, and is soon followed by others', async ({
    toy,
  }) => {
    const old = { state: 'over', bytes: 9, outdated: true, noted: 'once' } as const;
    toy.now = old;
    const { heard } = toy.listen();
    await passed();
    toy.call?.(old);
    await passed(50 + 100 + 200);
    expect({ heard, looks: toy.looks }).toEqual({ heard: [], looks: 4 });
    toy.now = { state: 'running', bytes: 0 };
    await passed(400);
    // What only an earlier look says is told with the first that is news.
    expect({ heard, looks: toy.looks }).toEqual({
      heard: [{ ...toy.now, noted: 'once' }],
      looks: 5,
    });
    await passed(poll);
    expect(toy.looks).toBe(6);
  });

  it('follows at once if this environment may have changed the state', async ({ toy }) => {
    toy.feed.refresh();
    const { heard, leave } = toy.listen();
    await passed();
    toy.now = { state: 'over', bytes: 9 };
    toy.feed.refresh();
    await passed();
    expect({ heard: heard.at(-1), looks: toy.looks }).toEqual({ heard: toy.now, looks: 2 });
    toy.feed.refresh();
    leave();
    await passed();
    expect(toy.looks).toBe(2);
  });

  it('that all its listeners left does not serve one that joins then', async ({ toy }) => {
    const goOn = toy.holdLooks();
    toy.listen().leave();
    toy.now = { state: 'paused', bytes: 0 };
    const { heard } = toy.listen(afterACall());
    goOn();
    await passed();
    expect(heard).toEqual([toy.now]);
  });

  it('is not for a listener that leaves as another one hears of it', async ({ toy }) => {
    const heard: string[] = [];
    const join = (name: string, changed: () => void) =>
      toy.feed.join({
        source: new ToySource(),
        changed: () => {
          heard.push(name);
          changed();
        },
      });
    join('first', () => {
      leave();
    });
    const leave = join('second', () => undefined);
    await passed();
    expect(heard).toEqual(['first']);
  });

  it('of a final state is the last', async ({ toy }) => {
    toy.now = { state: 'over', bytes: 7 };
    const { heard } = toy.listen();
    await passed(10 * poll);
    expect({ heard, looks: toy.looks }).toEqual({ heard: [toy.now], looks: 1 });
  });

  it('reaches all listeners even if one of them throws', async ({ toy }) => {
    // Not a mock of process.nextTick(): through that, Vitest gets its own messages.
    const thrown: unknown[] = [];
    const caught = (error: unknown) => thrown.push(error);
    process.on('uncaughtException', caught);
    onTestFinished(() => void process.off('uncaughtException', caught));
    const broken = new Error('broken');
    const source = new ToySource();
    const changed = () => {
      throw broken;
    };
    toy.feed.join({ source, changed });
    const { heard } = toy.listen();
    await passed();
    expect({ heard, thrown }).toEqual({ heard: [toy.now], thrown: [broken] });
  });
});
