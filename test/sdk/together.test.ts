// SPDX-License-Identifier: MIT
// tools/sdk/together.mjs: a mistake in one of several sources that are compiled together is found, and
// counts against that source alone.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

interface Together {
  groupsOf: (sources: string[]) => string[][];
  checkTogether: (
    sources: string[],
    check: (file: string) => Promise<string>,
  ) => Promise<Map<string, string>>;
}

const tool = pathToFileURL(join(__dirname, '../../tools/sdk/together.mjs')).href;
const { groupsOf, checkTogether } = (await import(tool)) as Together;

const sources = ['a', 'b', 'c', 'd', 'e'].map((name) => `native/com/${name}.cc`);

/** Which sources a file is made of. */
function partsOf(file: string): string[] {
  if (!file.endsWith('together.cc')) return [file];
  const lines = readFileSync(file, 'utf8').matchAll(/#include "(.*)"/g);
  return Array.from(lines, ([, path = '']) => path);
}

/** The checks that were made, and what they found, if these sources and pairs of them are wrong. */
async function checked(isWrong: (parts: string[]) => boolean) {
  const sizes: number[] = [];
  const found = await checkTogether(sources, (file) => {
    const parts = partsOf(file);
    sizes.push(parts.length);
    return Promise.resolve(isWrong(parts.map((path) => path.slice(-4, -3))) ? 'wrong' : '');
  });
  const wrong = sources.filter((source) => found.get(source) !== '');
  return { sizes, wrong };
}

it('makes one check if nothing is wrong', async () => {
  expect(await checked(() => false)).toEqual({ sizes: [5], wrong: [] });
});

it('finds the source that is wrong', async () => {
  const { wrong } = await checked((parts) => parts.includes('d'));
  expect(wrong).toEqual(['native/com/d.cc']);
});

it('does not blame sources that only do not go together', async () => {
  const { wrong, sizes } = await checked((parts) => parts.includes('a') && parts.includes('b'));
  expect(wrong).toEqual([]);
  expect(sizes).toEqual([5, 3, 2, 1, 1, 1, 2]);
});

it('never puts Node-API and Windows into one compilation', () => {
  const all = ['native/core/a.cc', 'native/addon/b.cc', 'native/com/c.cc', 'native/jobs/d.cc'];
  expect(groupsOf([...all, 'native/interfaces.cc', 'native/downloads/e.cc'])).toEqual([
    ['native/core/a.cc', 'native/addon/b.cc'],
    ['native/com/c.cc', 'native/jobs/d.cc', 'native/downloads/e.cc'],
    ['native/interfaces.cc'],
  ]);
});
