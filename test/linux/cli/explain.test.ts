// SPDX-License-Identifier: MIT
// dosvc explain: every way in which a code is given, and what it prints to a terminal, a file and a
// program.

import { explain } from 'dosvc';
import { describe, expect, it } from 'vitest';
import { inTerminal } from '../../terminal/in-terminal.js';
import { objectsIn } from '../../terminal/objects.js';
import { dosvc, program } from '../../terminal/program.js';

it.each([
  [['0x80D03002'], '0x80D03002'],
  [['-2145386480'], '-2145386480'],
  [['--', '-2145386480'], '-2145386480'],
  [['do_e_job_not_found'], 'DO_E_JOB_NOT_FOUND'],
  [['Installation', 'failed:', '0x80D03002'], '0x80D03002'],
  [['404'], '404'],
])('explains %j as explain() does', async (args, what) => {
  const { status, stdout, stderr } = await dosvc(['explain', '--json', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(objectsIn('explain', stdout)).toEqual([{ kind: 'explanation', ...explain(what) }]);
});

it('explains each argument that has a code, in their order', async () => {
  const codes = ['Failed: 0x80D03002', '-2145386480', 'DO_E_JOB_NOT_FOUND'];
  const { status, stdout, stderr } = await dosvc(['explain', ...codes, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(objectsIn('explain', stdout)).toEqual(
    codes.map((one) => ({ kind: 'explanation', ...explain(one) })),
  );
  const pages = await Promise.all(codes.map((one) => dosvc(['explain', one])));
  expect((await dosvc(['explain', ...codes])).stdout).toBe(
    pages.map((page) => page.stdout).join('\n'),
  );
});

it('takes arguments for one line if not each has a code', async () => {
  const words = ['Attempt', '2', 'failed:', '0x80D03002'];
  const { stdout } = await dosvc(['explain', ...words, '--json']);
  expect(objectsIn('explain', stdout)).toEqual([
    { kind: 'explanation', ...explain(words.join(' ')) },
  ]);
});

const code = '0x80D03002';

describe.each([40, 200])('in a terminal of %i columns', (columns) => {
  it('prints whole words in lines that fit, in every section the same', async () => {
    const { screen, ended } = inTerminal([program, 'explain', code], { columns, rows: 50 });
    expect(await ended).toBe(0);
    const text = screen.lines.join('\n');
    const { meaning, advice } = explain(code) ?? {};
    expect(text.replace(/\s+/g, ' ')).toContain(`What it means ${String(meaning)}`);
    expect(text.replace(/\s+/g, ' ')).toContain(`What to do ${String(advice)}`);
    // The terminal has broken none of them.
    expect(screen.lines.every((line) => line.length < columns)).toBe(true);
  });
});

it('is styled on a terminal, unless NO_COLOR forbids it, and never in a file', async () => {
  const size = { columns: 80, rows: 50 };
  const styled = inTerminal([program, 'explain', code], size);
  await styled.ended;
  expect(styled.written()).toContain('\u001B[1m');
  const plain = inTerminal([program, 'explain', code], size, { NO_COLOR: '1' });
  await plain.ended;
  expect(plain.written()).not.toContain('\u001B[');
  expect(plain.screen.lines).toEqual(styled.screen.lines);
  const { stdout } = await dosvc(['explain', code]);
  expect(stdout.trimEnd().split('\n')).toEqual(plain.screen.lines);
});
