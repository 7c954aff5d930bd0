// SPDX-License-Identifier: MIT
// The tables of what was run: `npm run generate` takes over what the checks recorded, and
// `npm run check:spec` finds a table that says anything else.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GeneratedCopy } from './generated-copy.js';

const pages = ['README.md', 'docs/windows.md'];
let copy: GeneratedCopy;

beforeEach(() => {
  copy = new GeneratedCopy();
});

afterEach(() => {
  copy.remove();
});

function generate(...args: string[]) {
  const { status, said } = copy.generate(...args);
  return { status, said: said.trim().split('\n') };
}

/** Plants the record of a run. */
function plant(date: string, counts: { passed: number; failed: number }, on = 'a planet') {
  const outcome = { where: `${on}, Wine 9.9`, runtime: 'Bun 9.9.9', what: 'all', ...counts };
  const run = { check: 'check:planted', on, date: `${date}T01:02:03Z`, outcomes: [outcome] };
  copy.write(`build/runs/${on}.json`, JSON.stringify(run));
}

/** The cells of the rows that a planted run has in a page. */
function rows(page: string) {
  const lines = copy.read(page).split('\n');
  const planted = lines.filter((line) => line.includes('Wine 9.9'));
  return planted.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const what = '`npm run check:planted`';

describe('npm run generate', () => {
  it('shows a run that was recorded, and keeps it without the record', () => {
    plant('2026-01-02', { passed: 5, failed: 0 });
    const wrote = [...pages, 'docs/runs.json'].map((path) => `wrote ${path}`);
    expect(generate()).toEqual({ status: 0, said: wrote });
    copy.remove('build');
    expect(generate()).toEqual({ status: 0, said: [''] });
    expect(generate('--check').status).toBe(0);
    expect(rows('README.md')).toEqual([['a planet, Wine 9.9', 'Bun 9.9.9', what, 'passed']]);
    expect(rows('docs/windows.md')).toEqual([
      ['a planet, Wine 9.9', 'Bun 9.9.9', `${what}: all`, '5 passed', '2026-01-02'],
    ]);
  });

  it('shows the failures of the newest run, not an older success', () => {
    plant('2026-01-03', { passed: 4, failed: 1 });
    generate();
    plant('2026-01-02', { passed: 5, failed: 0 });
    expect(generate()).toEqual({ status: 0, said: [''] });
    expect(rows('README.md')).toMatchObject([{ 3: '**1 failed**' }]);
    expect(rows('docs/windows.md')).toMatchObject([
      { 3: '4 passed, **1 failed**', 4: '2026-01-03' },
    ]);
  });

  it('replaces a run on the same system only', () => {
    plant('2026-01-03', { passed: 4, failed: 1 });
    plant('2026-01-03', { passed: 5, failed: 0 }, 'another planet');
    generate();
    plant('2026-01-04', { passed: 6, failed: 0 });
    generate();
    expect(rows('docs/windows.md').map(([where, , , result]) => [where, result])).toEqual([
      ['a planet, Wine 9.9', '6 passed'],
      ['another planet, Wine 9.9', '5 passed'],
    ]);
  });

  it('lists what nobody has run', () => {
    for (const page of pages)
      expect(copy.read(page)).toMatch(/^\| Delivery Optimization itself .*not run/m);
  });
});

describe('npm run check:spec', () => {
  it.each(pages)('finds that %s was edited by hand', (page) => {
    copy.write(page, copy.read(page).replace('not run', '12345 passed'));
    const said = [`${page} differs from docs/runs.json: npm run generate`];
    expect(generate('--check')).toEqual({ status: 1, said });
  });

  it('finds that docs/runs.json is not as it would be written', () => {
    copy.write('docs/runs.json', JSON.stringify(JSON.parse(copy.read('docs/runs.json'))));
    const said = ['docs/runs.json differs from its own format: npm run generate'];
    expect(generate('--check')).toEqual({ status: 1, said });
  });

  it('does not take over what was recorded', () => {
    plant('2026-01-02', { passed: 5, failed: 0 });
    expect(generate('--check').status).toBe(0);
  });
});
