// SPDX-License-Identifier: MIT
// What a feed does with the service's callbacks, and with a service that refuses them.

import { describe, expect } from 'vitest';
import { failure, it, passed, poll, ToySource, unavailable, type Look } from './toy.js';

describe('a look that a callback carries', () => {
  it('is trusted if it reports further progress', async ({ toy }) => {
    const { heard } = toy.listen();
    await passed();
    toy.call?.({ state: 'running', bytes: 5 });
    expect(heard.at(-1)).toEqual({ state: 'running', bytes: 5 });
    await passed();
    expect(toy.looks).toBe(1);
  });

  it.for<Look>([
    { state: 'paused', bytes: 9 },
    { state: 'running', bytes: 3 },
  ])('causes another look if it is anything else: %o', async (look, { toy }) => {
    const { heard } = toy.listen();
    await passed();
    toy.now = { state: 'running', bytes: 5 };
    toy.call?.(toy.now);
    toy.call?.(look);
    await passed();
    expect({ heard: heard.slice(1), looks: toy.looks }).toEqual({ heard: [toy.now], looks: 2 });
  });

  it('does not reach a new listener, which waits for the next look', async ({ toy }) => {
    const first = toy.listen();
    await passed();
    const goOn = toy.holdLooks();
    const second = toy.listen();
    toy.now = { state: 'running', bytes: 5 };
    toy.call?.(toy.now);
    expect([first.heard.length, second.heard.length]).toEqual([2, 0]);
    goOn();
    await passed();
    expect(second.heard).toEqual([toy.now]);
  });

  it('is not undone by a look that it overtook', async ({ toy }) => {
    const { heard } = toy.listen();
    await passed();
    const goOn = toy.holdLooks();
    await passed(poll);
    toy.now = { state: 'running', bytes: 5 };
    toy.call?.(toy.now);
    goOn();
    await passed();
    expect({ heard: heard.slice(1), looks: toy.looks }).toEqual({ heard: [toy.now], looks: 3 });
  });
});

describe('a look that a callback carries in order with the others', () => {
  it('is trusted, whatever changed', async ({ toy }) => {
    toy.inOrder = true;
    const { heard } = toy.listen();
    await passed();
    toy.call?.({ state: 'paused', bytes: 0 });
    expect(heard.at(-1)).toEqual({ state: 'paused', bytes: 0 });
    await passed();
    expect(toy.looks).toBe(1);
  });

  it('is emitted with the first look if it came before that', async ({ toy }) => {
    toy.inOrder = true;
    const goOn = toy.holdLooks();
    const { heard } = toy.listen();
    toy.call?.({ state: 'running', bytes: 0, noted: 'early' });
    expect(heard).toEqual([]);
    goOn();
    await passed();
    expect(heard).toEqual([{ state: 'running', bytes: 0, noted: 'early' }]);
  });
});

it('a callback that carries nothing causes a look', async ({ toy }) => {
  toy.listen();
  await passed();
  toy.call?.();
  await passed();
  expect(toy.looks).toBe(2);
});

describe('the callback object', () => {
  it('is set for what its listeners want, and for all of it in a restarted service', async ({
    toy,
  }) => {
    const { source } = toy.listen(new ToySource(), poll, 1);
    toy.listen(source, poll, 0);
    toy.listen(source, poll, 2);
    await passed();
    source.renew();
    expect(toy.asked).toEqual(['set 1', 'widen 2', 'set 3 again']);
  });

  it('is shared by all listeners, and withdrawn with the last', async ({ toy }) => {
    const connection = { pollInterval: poll };
    const [first, second] = [
      toy.listen(new ToySource(connection)),
      toy.listen(new ToySource(connection)),
    ];
    await passed();
    first.leave();
    await passed();
    expect(toy.asked).toEqual(['set']);
    second.leave();
    second.leave();
    await passed(2 * poll);
    expect({ asked: toy.asked, looks: toy.looks }).toEqual({
      asked: ['set', 'clear', 'end'],
      looks: 1,
    });
  });

  it('is replaced if its connection closes while others still listen', async ({ toy }) => {
    const [first, second] = [toy.listen(), toy.listen()];
    await passed();
    first.source.close();
    await passed();
    expect(toy.asked).toEqual(['set', 'end', 'set']);
    toy.now = { state: 'paused', bytes: 0 };
    toy.call?.(toy.now);
    await passed();
    expect([first.heard.length, second.heard.length]).toEqual([1, 2]);
  });

  it('stays if another object of its connection listens', async ({ toy }) => {
    const connection = { pollInterval: poll };
    const [first, other] = [toy.listen(new ToySource(connection)), toy.listen()];
    toy.listen(new ToySource(connection));
    await passed();
    first.source.close();
    other.leave();
    await passed();
    expect(toy.asked).toEqual(['set']);
  });

  it('is set again on a restarted service, before the next look', async ({ toy }) => {
    const { source, heard } = toy.listen();
    await passed();
    toy.now = { state: 'paused', bytes: 0 };
    source.renew();
    await passed();
    expect({ asked: toy.asked, heard: heard.slice(1) }).toEqual({
      asked: ['set', 'set again'],
      heard: [toy.now],
    });
  });

  it('is not withdrawn from a transfer that has ended', async ({ toy }) => {
    toy.now = { state: 'over', bytes: 7 };
    const { leave } = toy.listen();
    await passed();
    leave();
    expect(toy.asked).toEqual(['set', 'end']);
  });

  it('causes no warning if a transfer that has ended refuses it', async ({ toy }) => {
    toy.now = { state: 'over', bytes: 7 };
    toy.refusal = failure('E_FAIL', 0x80004005);
    const { heard } = toy.listen();
    await passed(3 * poll);
    expect(heard).toEqual([toy.now]);
  });

  it('causes no warning if the service has stopped', async ({ toy }) => {
    toy.refusal = failure('RPC_S_SERVER_UNAVAILABLE', unavailable);
    const { heard } = toy.listen();
    await passed(3 * poll);
    expect(heard).toEqual([toy.now]);
  });

  it('causes no more warnings once a restarted service accepts it', async ({ toy }) => {
    toy.refusal = failure('E_ACCESSDENIED', 0x80070005);
    const { source } = toy.listen();
    await passed();
    toy.refusal = undefined;
    source.renew();
    await passed();
    const late = toy.listen(source);
    await passed(2 * poll);
    expect(late.heard).toEqual([toy.now]);
  });

  it('that is refused causes a warning for each listener, and the poll goes on', async ({
    toy,
  }) => {
    toy.refusal = failure('E_ACCESSDENIED', 0x80070005);
    const first = toy.listen();
    await passed(2 * poll);
    const second = toy.listen();
    await passed();
    toy.now = { state: 'paused', bytes: 0 };
    await passed(poll);
    const heard = [
      { state: 'running', bytes: 0 },
      'refused: E_ACCESSDENIED',
      { state: 'paused', bytes: 0 },
    ];
    expect([first.heard, second.heard]).toEqual([heard, heard]);
  });
});
