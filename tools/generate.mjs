// SPDX-License-Identifier: MIT
// @ts-check
//
// Writes everything that is generated from native/spec/, the diagram of the layers, the tables of what
// was run and of every method, and the public API, after it has taken over the newest results of the
// tests and checks. With --check it takes over and writes nothing, names each file that differs from its
// source, each method without a place in the public API or a proof, and each exported name without a
// comment, and exits 1. --root DIR works on another copy of the repository, which may lack the pages, and
// what the compiler needs for the library.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { libraryParts } from './generate/library-parts.mjs';
import { documentedRuns, recentRuns } from './check/runs.mjs';
import { constantsHeader, enumsHeader, hresultsHeader } from './generate/cpp.mjs';
import { errorsPage } from './generate/errors-page.mjs';
import { layersDiagram, withDiagram } from './generate/layers-diagram.mjs';
import { readRows } from './generate/rows/rows.mjs';
import { newestRuns, pagesWithRuns, runsJson, withRuns } from './generate/runs-tables.mjs';
import { sinceModule } from './generate/since.mjs';
import { readSpec } from './generate/spec.mjs';
import {
  constantsModule,
  enumsModule,
  hresultsModule,
  ownCodesModule,
} from './generate/typescript.mjs';

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    root: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
  },
});

const spec = readSpec(options.root);
const outputs = {
  'native/generated/constants.h': constantsHeader(spec),
  'native/generated/enums.h': enumsHeader(spec),
  'native/generated/hresults.h': hresultsHeader(spec),
  'lib/generated/constants.ts': constantsModule(spec),
  'lib/generated/enums.ts': enumsModule(spec),
  'lib/generated/hresults.ts': hresultsModule(spec),
  'lib/generated/own-codes.ts': ownCodesModule(spec),
  'lib/generated/since.ts': sinceModule(readRows(options.root)),
  'docs/errors.md': errorsPage(spec),
};

const runsFile = 'docs/runs.json';
const runs = newestRuns([
  ...documentedRuns(options.root),
  ...(options.check ? [] : recentRuns(options.root)),
]);
/**
 * What is written into a page of which the rest is written by hand.
 * @type {{ path: string, source: string, write: (page: string) => string }[]}
 */
const parts = [
  {
    path: 'docs/architecture.md',
    source: 'the imports and includes',
    write: (page) => withDiagram(page, layersDiagram(options.root)),
  },
  ...Object.keys(pagesWithRuns).map((path) => ({
    path,
    source: runsFile,
    write: (/** @type {string} */ page) => withRuns(path, page, runs),
  })),
  { path: runsFile, source: 'its own format', write: () => runsJson(runs) },
];
const library = await libraryParts(options.root, !options.check);
const pages = [...parts, ...library.parts].flatMap(({ path, source, write }) => {
  const page = readIfThere(join(options.root, path));
  return page === undefined ? [] : [{ path, source, text: write(page) }];
});

const all = [
  ...Object.entries(outputs).map(([path, text]) => ({ path, source: 'native/spec', text })),
  ...pages,
];
const stale = all.filter(({ path, text }) => readIfThere(join(options.root, path)) !== text);

if (options.check) {
  for (const { path, source } of stale) {
    console.error(`${path} differs from ${source}: npm run generate`);
  }
  for (const fault of library.faults) console.error(fault);
  if (stale.length + library.faults.length > 0) process.exitCode = 1;
  else {
    console.log(`${Object.keys(outputs).length} generated files agree with native/spec`);
    for (const { path, source } of pages) console.log(`${path} agrees with ${source}`);
  }
} else {
  for (const { path, text } of stale) {
    const file = join(options.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
  for (const fault of library.faults) console.error(fault);
}
