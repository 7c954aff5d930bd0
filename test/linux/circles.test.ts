// SPDX-License-Identifier: MIT
// `npm run check:circles` finds a planted circle of imports, also one of types alone, and a suite
// that reaches into another.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlantedClone } from './planted-clone.js';

let clone: PlantedClone;

beforeAll(() => {
  clone = new PlantedClone();
});

afterAll(() => {
  clone.remove();
});

const check = (files: Record<string, string>) => clone.check('circles.mjs', files);

it('reports in one line that there is none, also if suites share a folder without tests', () => {
  const { status, said } = check({
    'lib/a.ts': `import { b } from './b.js';\nexport const a = b;\n`,
    'lib/b.ts': 'export const b = 1;\n',
    'test/first/one.test.ts': `import { shared } from '../shared/shared.js';\nshared('./programs/a.mjs');\n`,
    'test/second/two.test.ts': `import { shared } from '../shared/shared.js';\nshared('../../build');\n`,
    'test/shared/shared.ts': 'export const shared = (path: string) => path;\n',
  });
  expect(said).toMatch(/^Circles: passed \(\d+ files\)\.$/);
  expect(status).toBe(0);
});

it('names each file of one', () => {
  const { status, said } = check({
    'lib/jobs/a.ts': `import { b } from '../b.js';\nexport const a = () => b;\n`,
    'lib/b.ts': `import { c } from './c.js';\nexport const b = c;\n`,
    'lib/c.ts': `import type { a } from './jobs/a.js';\nexport const c = (given: typeof a) => given;\n`,
  });
  expect(status).toBe(1);
  for (const name of ['lib/jobs/a.ts', 'lib/b.ts', 'lib/c.ts']) expect(said).toContain(name);
});

it('finds everything that reaches into another suite', () => {
  const { status, said } = check({
    'test/first/import.test.ts': `import { two } from '../second/two.js';\ntwo();\n`,
    'test/first/deep/type.ts': `import type {\n  two,\n} from '../../second/two.js';\nexport type One = typeof two;\n`,
    'test/first/program.ts': `console.log(join(import.meta.dirname, '../second/programs/two.mjs'));\n`,
    'test/first/pieces.ts': `console.log(join(import.meta.dirname, '..', 'second',\n  "two.mjs"), resolve('../', 'first', 'a'));\n`,
    'test/no-folder.ts': `export * from './second/two.js';\n`,
    'test/shared/shared.ts': `export * from '../second/two.js';\n`,
    'test/second/two.test.ts': `import { two } from './two.js';\ntwo();\n`,
    'test/second/two.ts': 'export const two = () => 2;\n',
  });
  expect(status).toBe(1);
  expect(said.split('\n')).toEqual([
    'test/first/deep/type.ts: reaches into the suite test/second: ../../second/two.js',
    'test/first/import.test.ts: reaches into the suite test/second: ../second/two.js',
    'test/first/pieces.ts: reaches into the suite test/second: ../second/two.mjs',
    'test/first/program.ts: reaches into the suite test/second: ../second/programs/two.mjs',
    'test/no-folder.ts: reaches into the suite test/second: ./second/two.js',
    'test/shared/shared.ts: reaches into the suite test/second: ../second/two.js',
  ]);
});
