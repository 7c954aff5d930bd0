// SPDX-License-Identifier: MIT
// How the check of a ground ends: its exit status, its last line, and what it records.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlantedClone } from './planted-clone.js';

interface Recorded {
  check: string;
  on: string;
  date: string;
  outcomes: object[];
}

let clone: PlantedClone;

beforeEach(() => {
  clone = new PlantedClone();
});

afterEach(() => {
  clone.remove();
});

/** Runs a check with this body. */
function check(
  body: string,
  {
    files = {},
    args = [],
    options = {},
  }: { files?: Record<string, string>; args?: string[]; options?: object } = {},
) {
  const program = `
    import { ground, NotHere } from './ground.mjs';
    await ground('planted', async (smoke) => { ${body} }, ${JSON.stringify(options)});`;
  const planted = { 'tools/check/planted.mjs': program, ...files };
  const { status, said } = clone.check('planted.mjs', planted, args);
  const recorded = clone.contents('build/runs').map((text) => JSON.parse(text) as Recorded);
  return { status, lines: said.split('\n'), recorded };
}

const well = { where: 'here', runtime: 'Node 1.2.3', what: 'one thing', passed: 2, failed: 0 };
const ill = { where: 'there', runtime: '', what: 'another', passed: 3, failed: 1 };

it('adds up what passed, and records it with the system and the date', () => {
  const { status, lines, recorded } = check(
    `console.log('one thing: ok'); return ${JSON.stringify([well, well])};`,
  );
  expect({ status, lines }).toEqual({ status: 0, lines: ['one thing: ok', '4 passed, 0 failed'] });
  expect(recorded).toEqual([
    {
      check: 'check:planted',
      on: expect.stringMatching(/^\S+ .*, Wine \d+\.\d+, x64$/) as string,
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      outcomes: [well, well],
    },
  ]);
});

it('fails if anything failed, and records that', () => {
  const { status, lines, recorded } = check(`return ${JSON.stringify([well, ill])};`);
  expect({ status, lines }).toEqual({ status: 1, lines: ['5 passed, 1 failed'] });
  expect(recorded).toMatchObject([{ outcomes: [well, ill] }]);
});

it.each([
  ['throws', `throw new Error('a planted failure');`, /a planted failure/],
  ['runs nothing', 'return [];', /^check:planted ran nothing\.$/m],
])('fails if the check %s, and records that it did not finish', (_, body, says) => {
  const { status, lines, recorded } = check(body);
  expect(status).toBe(1);
  // What it writes to stderr comes after that.
  expect(lines[0]).toBe('0 passed, 1 failed');
  expect(lines.join('\n')).toMatch(says);
  expect(recorded).toMatchObject([
    { outcomes: [{ what: 'it did not finish', passed: 0, failed: 1 }] },
  ]);
});

it('records nothing if the machine cannot run the check, and says when it last ran', () => {
  const run = (name: string, date: string) => ({ check: name, on: '', date, outcomes: [] });
  const runs = [
    run('check:planted', '2026-01-02T03:04:05Z'),
    run('check:planted', '2026-01-03T03:04:05Z'),
    run('check:other', '2026-01-04T03:04:05Z'),
  ];
  const body = `throw new NotHere('There is no planted runtime.\\nMore about it');`;
  expect(check(body)).toEqual({
    status: 77,
    lines: ['not run: There is no planted runtime (not run before)'],
    recorded: [],
  });
  expect(check(body, { files: { 'docs/runs.json': JSON.stringify(runs) } })).toEqual({
    status: 77,
    lines: ['not run: There is no planted runtime (last run 2026-01-03)'],
    recorded: [],
  });
});

describe('-- --smoke', () => {
  const body = `return [{ ...${JSON.stringify(well)}, what: smoke ? 'a part' : 'all' }];`;
  const options = { smokePart: true };

  it('runs the smoke part, and records it as a check of its own', () => {
    const { status, recorded } = check(body, { args: ['--smoke'], options });
    expect(status).toBe(0);
    expect(recorded).toMatchObject([
      { check: 'check:planted -- --smoke', outcomes: [{ what: 'a part' }] },
    ]);
    expect(check(body, { options }).recorded).toContainEqual(
      expect.objectContaining({ check: 'check:planted' }),
    );
  });

  it.each([
    ['a misspelled option', '--smok', options, ' [-- --smoke]'],
    ['an option of other checks', '--smoke', {}, ''],
  ])('refuses %s, and runs nothing', (_, arg, given, usage) => {
    expect(check(body, { args: [arg], options: given })).toEqual({
      status: 1,
      lines: [`Unknown argument '${arg}'. Usage: npm run check:planted${usage}`],
      recorded: [],
    });
  });
});
