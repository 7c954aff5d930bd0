// SPDX-License-Identifier: MIT
// dosvc watch over sources of the test's own: what is drawn at each look, on narrow and wide terminals, and
// what is printed elsewhere.

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from '../../../lib/cli/output.js';
import { watchAll } from '../../../lib/cli/watching/watch-all.js';
import { DosvcError } from '../../../lib/errors.js';
import { ScreenStream } from '../../terminal/screen-stream.js';
import { id, Looks, type Look } from './looks.js';

const gone = new DosvcError('The service has stopped.', {
  code: 'RPC_S_SERVER_UNAVAILABLE',
  hresult: 0x800706ba,
});
const MiB = 2 ** 20;
// In milliseconds.
const interval = 20;

/** Watches until the source has been looked at more often than it has looks. */
async function drawn(looks: readonly Look[], columns: number) {
  const stream = new ScreenStream({ columns, rows: 24 });
  const control = new AbortController();
  const pictures: string[][] = [];
  let seen = 0;
  const source = new Looks(looks, async () => {
    await new Promise((written) => stream.write('', written));
    pictures.push(stream.screen.lines);
    seen += 1;
    if (seen > looks.length) control.abort();
  });
  const context = {
    output: new Output(stream, false),
    signal: control.signal,
    note: () => undefined,
  };
  await expect(watchAll([source], context, { single: false, interval })).rejects.toThrow();
  expect(pictures.shift()).toEqual(['Asking BITS ...']);
  return { pictures, stream, source };
}

const looks: readonly Look[] = [
  [{ bytesTransferred: 2 * MiB, bytesTotal: 8 * MiB }],
  [{ bytesTransferred: 4 * MiB, bytesTotal: 8 * MiB }],
  gone,
  [{ bytesTransferred: 8 * MiB, bytesTotal: 8 * MiB, state: 'transferred', over: 'done' }],
];

it('draws a table on a wide terminal, changes only what differs, and survives a service that stops', async () => {
  const { pictures, stream, source } = await drawn(looks, 200);
  const [first = [], second = [], third = [], fourth = []] = pictures;
  const head = /^Id +State +Progress +% +Bytes +Speed +Name +Error$/;
  expect(first[0]).toMatch(head);
  expect(first[1]).toMatch(/transferring {5}(██░{8}|##\.{8})/);
  expect(first[1]).toContain('25 %  2.0 of 8.0 MiB');
  expect(first[1]).toContain('Größe – 日本  [2J');
  expect(second[1]).toMatch(/50 % {2}4\.0 of 8\.0 MiB +\d+(\.\d)? [KM]iB\/s/);
  // The last that was seen stays, with the reason.
  expect(third[1]).toContain('50 %');
  expect(third[2]).toBe('BITS does not answer: RPC_S_SERVER_UNAVAILABLE');
  expect(fourth.slice(1)).toEqual([
    expect.stringMatching(/transferred .*100 % {2}8\.0 of 8\.0 MiB/),
  ]);
  // Nothing flickers: the head was written once.
  expect(stream.pieces.filter((piece) => piece.includes('Progress'))).toHaveLength(1);
  // The connection was dropped with the service, and at the end.
  expect(source.closed).toBe(2);
});

it('draws blocks of lines on a narrow terminal, with the whole id', async () => {
  const { pictures } = await drawn(looks, 40);
  const [first = [], , third = []] = pictures;
  expect(first[0]).toBe(id);
  expect(first.join(' ')).toContain('25 %');
  expect(third.at(-1)).toBe('BITS does not answer: RPC_S_SERVER_UNA…');
  expect(first.every((line) => line.length < 40)).toBe(true);
});

it('fits the height of the terminal', async () => {
  const many = Array.from({ length: 100 }, () => ({}));
  const { pictures } = await drawn([many, many], 200);
  const [, last = []] = pictures;
  expect(last.length).toBeLessThan(24);
  expect(last.at(-1)).toMatch(/^\.\.\. and \d+ lines more$/);
});

it('says so where there are none', async () => {
  const { pictures } = await drawn([[]], 80);
  expect(pictures[0]).toEqual(['No transfers.']);
});

describe('not on a terminal', () => {
  async function printed(json: boolean) {
    const stream = new PassThrough({ encoding: 'utf8' });
    const control = new AbortController();
    let seen = 0;
    const source = new Looks([...looks, []], () => {
      seen += 1;
      if (seen > looks.length + 1) control.abort();
    });
    const context = {
      output: new Output(stream, json),
      signal: control.signal,
      note: () => undefined,
    };
    await expect(watchAll([source], context, { single: false, interval })).rejects.toThrow();
    return String(stream.read()).trimEnd().split('\n');
  }

  it('prints a line for each change of a state', async () => {
    expect(await printed(false)).toEqual([
      `${id}  transferring  25 %  Größe – 日本  [2J`,
      'BITS does not answer: RPC_S_SERVER_UNAVAILABLE',
      `${id}  transferred  100 %  Größe – 日本  [2J`,
      'BITS answers again',
      `${id}  gone`,
    ]);
  });

  it('with --json, prints an object for each change', async () => {
    const job = (state: string, bytesTransferred: number) => ({
      ...{ kind: 'job', id, state, bytesTransferred },
      bytesPerSecond: expect.toSatisfy((rate) => rate === null || rate > 0) as unknown,
    });
    expect((await printed(true)).map((line) => JSON.parse(line) as unknown)).toEqual([
      job('transferring', 2 * MiB),
      job('transferring', 4 * MiB),
      { kind: 'service', title: 'BITS', answers: false, code: 'RPC_S_SERVER_UNAVAILABLE' },
      job('transferred', 8 * MiB),
      { kind: 'service', title: 'BITS', answers: true, code: null },
      { kind: 'gone', id },
    ]);
  });
});

describe('one transfer', () => {
  const watched = (last: Look) => {
    const stream = new PassThrough();
    const { signal } = new AbortController();
    const context = { output: new Output(stream, false), signal, note: () => undefined };
    return watchAll([new Looks([[{}], last])], context, { single: true, interval });
  };
  const error = new DosvcError('It failed.', { code: 'BG_E_HTTP_ERROR_404' });

  it('ends once it is transferred', async () => {
    await expect(watched([{ over: 'done' }])).resolves.toBe(undefined);
  });

  it.each<[how: string, last: Look, code: string]>([
    ['failed', [{ over: 'failed', trouble: error }], 'BG_E_HTTP_ERROR_404'],
    ['was cancelled', [{ over: 'ended' }], 'BG_E_NOT_FOUND'],
    ['is unknown', [], 'BG_E_NOT_FOUND'],
  ])('rejects once it %s', async (_, last, code) => {
    await expect(watched(last)).rejects.toMatchObject({ code });
  });
});

it.each(['ERR_DOSVC_UNSUPPORTED_PLATFORM', 'ERR_DOSVC_SERVICE_MISSING', 'E_ACCESSDENIED'])(
  'ends with %s, which waiting does not change',
  async (code) => {
    const { signal } = new AbortController();
    const context = { output: new Output(new PassThrough(), false), signal, note: () => undefined };
    const source = new Looks([new DosvcError('No.', { code })]);
    await expect(watchAll([source], context, { single: false, interval })).rejects.toMatchObject({
      code,
    });
  },
);
