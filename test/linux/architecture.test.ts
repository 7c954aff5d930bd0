// SPDX-License-Identifier: MIT
// docs/architecture.md: `npm run check:spec` finds an import or an include that its diagram of the layers
// does not show, `npm run generate` draws it, and the files that the page names exist.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GeneratedCopy } from './generated-copy.js';

const root = join(import.meta.dirname, '../..');
const page = 'docs/architecture.md';

let copy: GeneratedCopy;

beforeEach(() => {
  copy = new GeneratedCopy();
});

afterEach(() => {
  copy.remove();
});

const drawn = () => copy.read(page);

it('shows the imports and includes that there are', () => {
  const { status, said } = copy.generate('--check');
  expect(said).toContain(`${page} agrees with the imports and includes\n`);
  expect(status).toBe(0);
});

it.each([
  ['an import', 'lib/remote/remote.ts', `import '../../lib/jobs/job.js';`, 'remote --> objects'],
  [
    'an import of types',
    'lib/feed/feed.ts',
    `import type {} from '../index.js';`,
    'feed --> index',
  ],
  ['an include', 'native/core/pool.cc', '#include "jobs/job.h"', 'core --> jobs'],
])('lacks %s that was planted, until it is drawn again', (_, path, line, arrow) => {
  expect(drawn()).not.toContain(arrow);
  copy.append(path, line);
  expect(copy.generate('--check')).toEqual({
    status: 1,
    said: `${page} differs from the imports and includes: npm run generate\n`,
  });
  expect(copy.generate().said).toBe(`wrote ${page}\n`);
  expect(drawn()).toContain(arrow);
  expect(copy.generate('--check').status).toBe(0);
});

it('names only files that exist', () => {
  const named = drawn().match(/\b[a-z]+(\/[\w-]+)+\.[a-z]+(\.ts)?\b/g) ?? [];
  const paths = named.map((path) =>
    /^(addon|core|com|jobs|downloads|system)\//.test(path) ? `native/${path}` : path,
  );
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('is the same after an import that other arrows imply', () => {
  copy.append('lib/jobs/job.ts', `import '../../typings/binding.js';`);
  expect(copy.generate('--check').status).toBe(0);
});
