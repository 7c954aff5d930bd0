// SPDX-License-Identifier: MIT
// dosvc watch while a service hangs, and while the terminal's size changes.

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from '../../../lib/cli/output.js';
import type { Row } from '../../../lib/cli/transfers/transfer.js';
import { watchAll } from '../../../lib/cli/watching/watch-all.js';
import { ScreenStream } from '../../terminal/screen-stream.js';
import { id, Looks } from './looks.js';

const MiB = 2 ** 20;
// In milliseconds.
const interval = 20;

describe('a service that hangs', () => {
  async function watched(stream: ScreenStream | PassThrough, shows: () => boolean) {
    const control = new AbortController();
    let answer: (rows: Partial<Row>[]) => void = () => undefined;
    const hanging = new Promise<Partial<Row>[]>((resolve) => (answer = resolve));
    const row = { bytesTransferred: 2 * MiB, bytesTotal: 8 * MiB };
    const other = { ...row, id: id.replace('0', '1') };
    let progress = 0;
    const sources = [
      new Looks([[row], hanging, [{ ...row, bytesTransferred: 8 * MiB }]]),
      new Looks([[other]], () => (other.bytesTransferred = progress += 1024), 'The other'),
    ];
    const context = {
      ...{ output: new Output(stream, false), signal: control.signal },
      note: () => undefined,
    };
    const watching = watchAll(sources, context, { single: false, interval, patience: 50 });
    const ending = expect(watching).rejects.toThrow();
    await expect.poll(shows).toBe(true);
    const then = progress;
    await expect.poll(() => progress).toBeGreaterThan(then + 2);
    return { answer, end: async () => (control.abort(), ending) };
  }

  it('is said not to answer, the others stay live, and it comes back', async () => {
    const stream = new ScreenStream({ columns: 200, rows: 24 });
    const lines = () => stream.screen.lines;
    const silent = () => lines().at(-1) === 'BITS does not answer';
    const { answer, end } = await watched(stream, silent);
    expect(lines()[1]).toContain('25 %  2.0 of 8.0 MiB');
    answer([{ bytesTransferred: 4 * MiB, bytesTotal: 8 * MiB }]);
    await expect.poll(() => lines()[1]).toContain('100 %  8.0 of 8.0 MiB');
    expect(silent()).toBe(false);
    await end();
  });

  it('is said not to answer where there is no terminal', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    let printed = '';
    stream.on('data', (text: string) => (printed += text));
    const silent = () => printed.includes('\nBITS does not answer\n');
    const { answer, end } = await watched(stream, silent);
    answer([{}]);
    await expect.poll(() => printed).toContain('\nBITS answers again\n');
    await end();
  });
});

it.each([30, 60, 120, 250])(
  'is drawn anew, and nothing else is left, at %i columns',
  async (columns) => {
    const stream = new ScreenStream({ columns: 120, rows: 24 });
    const control = new AbortController();
    const source = new Looks([[{ bytesTransferred: 2 * MiB, bytesTotal: 8 * MiB }]]);
    const context = {
      ...{ output: new Output(stream, false), signal: control.signal },
      note: () => undefined,
    };
    await stream.screen.write('$ dosvc watch\r\n');
    // It is looked at once.
    const watching = watchAll([source], context, { single: false, interval: 60_000 });
    const ending = expect(watching).rejects.toThrow();
    const lines = () => stream.screen.lines;
    await expect.poll(() => lines()[1]).toMatch(/^Id /);
    stream.resize({ columns, rows: 24 });
    const fresh = new ScreenStream({ columns, rows: 24 });
    const again = watchAll(
      [source],
      { ...context, output: new Output(fresh, false) },
      { single: false },
    );
    const endingToo = expect(again).rejects.toThrow();
    await expect.poll(() => fresh.screen.lines.join('\n')).toContain('25 %');
    await expect.poll(lines).toEqual(['$ dosvc watch', ...fresh.screen.lines]);
    control.abort();
    await ending;
    await endingToo;
  },
);
