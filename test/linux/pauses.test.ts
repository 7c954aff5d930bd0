// SPDX-License-Identifier: MIT
// `npm run check:pauses` finds each planted wait, and what the list has and no test has any more; in
// a clone that has neither it finds nothing.

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'dosvc-pauses-'));
  cpSync(join(root, 'tools'), join(clone, 'tools'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  // By these the tools know that the packages are there.
  for (const name of ['package-lock.json', '.npmrc']) {
    copyFileSync(join(root, name), join(clone, name));
  }
});

afterAll(() => {
  rmSync(clone, { recursive: true });
});

function check(files: Record<string, string>, list: object[] = []) {
  rmSync(join(clone, 'test'), { recursive: true, force: true });
  mkdirSync(join(clone, 'test'));
  for (const [name, text] of Object.entries({ ...files, 'pauses.json': JSON.stringify(list) })) {
    writeFileSync(join(clone, 'test', name), text);
  }
  const program = join(clone, 'tools/check/pauses.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  return { status, said: (stdout + stderr).trim().split('\n') };
}

function titled(body: string): string {
  return `it('a title', async () => { ${body} });\n`;
}

const sleep = `import { setTimeout as sleep } from 'node:timers/promises';\n`;
const listed = { file: 'test/a.test.ts', test: 'a title', wait: 'sleep', milliseconds: 1500 };

it('says in one line that all is well', () => {
  const files = {
    'a.test.ts': `${sleep}const pause = 1000; ${titled('await sleep(1.5 * pause);')}`,
    // What is short, what never comes, a limit that nothing reaches, and what is no time.
    'b.test.ts':
      sleep +
      titled(`await sleep(1499); connect({ pollInterval: 600_000, callTimeout: 60_000 });`) +
      titled(`setSwitch('build', 19041); later(2000); told({ milliseconds: 3000 });`),
  };
  expect(check(files, [{ ...listed, reason: 'It has to.' }])).toEqual({
    status: 0,
    said: ['Pauses: well (1 of 1500 ms or more).'],
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
  limit: [
    titled(`await expect(call({ callTimeout: 2000 })).rejects.toThrow();`),
    'callTimeout takes 2000 ms',
  ],
  function: [
    `${sleep}it('a title', () => { async function settle(pause = 0) { await sleep(pause); } settle(1900); });`,
    'sleep takes 1900 ms',
  ],
};

describe('a wait that is planted', () => {
  let result: ReturnType<typeof check>;
  beforeAll(() => {
    const files = Object.entries(planted).map(([name, [source]]) => [`${name}.test.ts`, source]);
    result = check(Object.fromEntries(files) as Record<string, string>);
  });

  it('makes it fail, and nothing else does', () => {
    expect(result.status).toBe(1);
    expect(result.said).toHaveLength(Object.keys(planted).length);
  });

  it.each(Object.entries(planted))('is found: %s', (name, [, wait]) => {
    const says = `test/${name}.test.ts, 'a title': ${wait}, without a reason in test/pauses.json`;
    expect(result.said).toContain(says);
  });
});

it('finds what is no more, and what has no reason', () => {
  const stale = { ...listed, milliseconds: 1600, reason: 'It had to.' };
  const files = { 'a.test.ts': `${sleep}${titled('await sleep(1500);')}` };
  expect(check(files, [stale, { ...listed, reason: '' }])).toEqual({
    status: 1,
    said: [
      "test/pauses.json: test/a.test.ts, 'a title': sleep takes 1600 ms no more",
      "test/pauses.json: test/a.test.ts, 'a title': sleep takes 1500 ms for no reason",
    ],
  });
});
