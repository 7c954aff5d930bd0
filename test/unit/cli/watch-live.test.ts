// SPDX-License-Identifier: MIT
// dosvc watch while the terminal's size changes.

import { expect, it } from 'vitest';
import { Output } from '../../../lib/cli/output.js';
import { watchAll } from '../../../lib/cli/watching/watch-all.js';
import { ScreenStream } from '../../terminal/screen-stream.js';
import { Looks } from './looks.js';

const MiB = 2 ** 20;

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
