// SPDX-License-Identifier: MIT
// `npm run check:pauses` finds each planted wait, and each entry of the list that no test has any
// more; in a clone that has neither, it finds nothing.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedClone } from './planted-clone.js';

let clone: PlantedClone;

beforeAll(() => {
  clone = new PlantedClone();
});

afterAll(() => {
  clone.remove();
});

function check(files: Record<string, string>, list: object[] = []) {
  const below = Object.entries({ ...files, 'pauses.json': JSON.stringify(list) });
  const planted = below.map(([name, text]) => [`test/${name}`, text] as const);
  const { status, said } = clone.check('pauses.mjs', Object.fromEntries(planted));
  return { status, said: said.split('\n') };
}

function titled(body: string): string {
  return `it('a title', async () => { ${body} });\n`;
}

const sleep = `import { setTimeout as sleep } from 'node:timers/promises';\n`;
const listed = { file: 'test/a.test.ts', test: 'a title', wait: 'sleep', milliseconds: 1500 };

it('reports in one line that there are no faults', () => {
  const files = {
    'a.test.ts': `${sleep}const pause = 1000; ${titled('await sleep(1.5 * pause);')}`,
    // A short wait, a poll that never comes, a limit that is not reached, numbers that are not
    // times.
    'b.test.ts':
      sleep +
      titled(`await sleep(1499); connect({ pollInterval: 600_000, callTimeout: 60_000 });`) +
      titled(`setSwitch('build', 19041); later(2000); told({ milliseconds: 3000 });`),
  };
  expect(check(files, [{ ...listed, reason: 'It has to.' }])).toEqual({
    status: 0,
    said: ['Pauses: passed (1 of 1500 ms or more).'],
  });
});

const planted: Record<string, [source: string, wait: string]> = {
  sleep: [`${sleep}${titled('await sleep(1500);')}`, 'sleep takes 1500 ms'],
  timer: [
    titled('await new Promise((resolve) => setTimeout(resolve, 3 * 1000));'),
    'setTimeout takes 3000 ms',
  ],
  signal: [titled('wait({ signal: AbortSignal.timeout(2e3) });'), 'timeout takes 2000 ms'],
  constant: [
    `const times = { short: 9, long: 1 << 11 };
     ${titled('serve({ bytes: 1, milliseconds: times.long });')}`,
    'pace takes 2048 ms',
  ],
  chance: [`${sleep}${titled('await sleep(next() * 5000);')}`, 'sleep takes 5000 ms'],
  case: [
    `import { killService } from './death.js';
     const pauses = [0, 1700];
     it.for(pauses)('a title', async (pause) => { await killService(pause); });`,
    'killService takes 1700 ms',
  ],
  column: [
    `it.each([['one', 10], ['two', 1800]])('a title', (_, delay) => { setFault('row', { delay }); });`,
    'delay takes 1800 ms',
  ],
  switch: [
    `for (const { name, value } of [{ name: 'late-callbacks', value: 2500 }]) {
       ${titled('await control.setSwitch(name, value);')}
     }`,
    'late-callbacks takes 2500 ms',
  ],
  response: [titled(`serve('a', { late: 2000 });`), 'late takes 2000 ms'],
  limit: [
    titled(`await expect(call({ callTimeout: 2000 })).rejects.toThrow();`),
    'callTimeout takes 2000 ms',
  ],
  function: [
    `${sleep}it('a title', () => { async function settle(pause = 0) { await sleep(pause); } settle(1900); });`,
    'sleep takes 1900 ms',
  ],
};

describe('a planted wait', () => {
  let result: ReturnType<typeof check>;
  beforeAll(() => {
    const files = Object.entries(planted).map(([name, [source]]) => [`${name}.test.ts`, source]);
    result = check(Object.fromEntries(files) as Record<string, string>);
  });

  it('makes the check fail, and nothing else does', () => {
    expect(result.status).toBe(1);
    expect(result.said).toHaveLength(Object.keys(planted).length);
  });

  it.each(Object.entries(planted))('is found: %s', (name, [, wait]) => {
    const says = `test/${name}.test.ts, 'a title': ${wait} is not listed in test/pauses.json`;
    expect(result.said).toContain(says);
  });
});

it('finds entries that no longer apply, and entries without a reason', () => {
  const stale = { ...listed, milliseconds: 1600, reason: 'It had to.' };
  const files = { 'a.test.ts': `${sleep}${titled('await sleep(1500);')}` };
  expect(check(files, [stale, { ...listed, reason: '' }])).toEqual({
    status: 1,
    said: [
      "test/pauses.json: test/a.test.ts, 'a title': sleep takes 1600 ms, which is no longer in the test",
      "test/pauses.json: test/a.test.ts, 'a title': sleep takes 1500 ms, without a reason",
    ],
  });
});
