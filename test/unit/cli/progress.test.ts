// SPDX-License-Identifier: MIT
// How dosvc get tells that a route could not download it: at the time, above the bar of a terminal, and on stderr
// elsewhere.

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Progress } from '../../../lib/cli/get/progress.js';
import { LiveView } from '../../../lib/cli/live-view.js';
import { Output } from '../../../lib/cli/output.js';
import { flowed } from '../../../lib/cli/table.js';
import {
  DosvcError,
  type TransferAttempt,
  type TransferProgress,
  type TransferResult,
} from '../../../lib/index.js';
import { ScreenStream } from '../../terminal/screen-stream.js';

const names = { from: 'https://example.com/a.bin', name: 'a.bin' };

function attemptOf(route: 'delivery-optimization' | 'bits', code: string): TransferAttempt {
  const error = new DosvcError(`No ${route}\u001B[2J. (${code})`, { code });
  return { route, address: names.from, error, elapsed: 5 };
}

const failed = attemptOf('delivery-optimization', 'ERR_DOSVC_INTERFACE_MISSING');
const elsewhere = attemptOf('bits', 'ERR_DOSVC_UNSUPPORTED_PLATFORM');
const failedWords = 'Delivery Optimization could not download it: No delivery-optimization [2J.';
const moved: TransferProgress = {
  ...{ route: 'http', bytesTransferred: 5, bytesTotal: 10, bytesPerSecond: 1 },
  ...{ secondsLeft: 5, waitingFor: null },
};
const result: TransferResult = {
  ...{ route: 'http', id: null, bytes: 10, file: '/a.bin', verified: 'length', elapsed: 10 },
  attempts: [failed, elsewhere],
};

describe.each([40, 200])('on a terminal of %i columns', (columns) => {
  async function scene() {
    const stream = new ScreenStream({ columns, rows: 24 });
    const output = new Output(stream, false);
    const notes: string[] = [];
    const drawing = { view: new LiveView(output), flowed };
    const progress = new Progress(output, names, drawing, (text) => notes.push(text));
    const shown = async () => {
      await new Promise((written) => stream.write('', written));
      return stream.screen.lines.join('\n').replace(/\s+/g, ' ');
    };
    progress.started({ route: 'delivery-optimization', id: '1' });
    expect(await shown()).toContain('a.bin Starting through Delivery Optimization');
    progress.attemptFailed(failed);
    return { stream, progress, shown, notes };
  }

  it('says so above the bar, once, and when it happens', async () => {
    const { stream, progress, shown, notes } = await scene();
    expect(await shown()).toContain(failedWords);
    progress.attemptFailed(elsewhere);
    progress.started({ route: 'http', id: null });
    const code = '(ERR_DOSVC_INTERFACE_MISSING)';
    expect(await shown()).toBe(`${failedWords} ${code} a.bin Starting through HTTP ...`);
    progress.moved(moved);
    expect(await shown()).toMatch(
      /^Delivery Optimization could not download it: .* a\.bin .* 50 % /,
    );
    progress.done(result);
    expect(await shown()).toMatch(
      /^Delivery Optimization could not download it: .*MISSING\) a\.bin: 10 bytes in 10 ms through HTTP, the server's length checked BITS was not used: it is a service of Windows\.$/,
    );
    expect(stream.screen.lines.every((line) => line.length < columns)).toBe(true);
    expect(notes).toEqual([]);
  });

  it('says at the end why an address failed, if no other route begins', async () => {
    const { progress, shown } = await scene();
    progress.done(result);
    expect(await shown()).toMatch(
      /^a\.bin: 10 bytes .* Delivery Optimization could not download it: .* BITS was/,
    );
  });

  it('leaves it to the error if no other route begins', async () => {
    const { progress, shown } = await scene();
    progress.failed();
    expect(await shown()).toBe('');
  });
});

it('elsewhere, says so on stderr before the next route begins', () => {
  const stream = new PassThrough({ encoding: 'utf8' });
  const notes: string[] = [];
  const note = (text: string) => notes.push(text);
  const progress = new Progress(new Output(stream, true), names, undefined, note);
  progress.started({ route: 'delivery-optimization', id: '1' });
  progress.attemptFailed(failed);
  progress.attemptFailed(elsewhere);
  expect(notes).toEqual([]);
  progress.started({ route: 'http', id: null });
  expect(notes).toEqual([`${failedWords} (ERR_DOSVC_INTERFACE_MISSING)`]);
  progress.done(result);
  expect(notes).toHaveLength(1);
  const kinds = String(stream.read())
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(kinds).toEqual(['start', 'start', 'result']);
});
