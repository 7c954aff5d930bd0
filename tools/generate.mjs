// SPDX-License-Identifier: MIT
// @ts-check
//
// Writes everything that is generated from native/spec/, and the diagram of the layers. With --check it
// writes nothing, names each file that differs, and exits 1. --root DIR works on another copy of the
// repository, which may lack the page with the diagram.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { constantsHeader, enumsHeader, hresultsHeader } from './generate/cpp.mjs';
import { errorsPage } from './generate/errors-page.mjs';
import { layersDiagram, withDiagram } from './generate/layers-diagram.mjs';
import { readSpec } from './generate/spec.mjs';
import { constantsModule, enumsModule, hresultsModule } from './generate/typescript.mjs';

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
  'docs/errors.md': errorsPage(spec),
};

const architecture = 'docs/architecture.md';
const page = readIfThere(join(options.root, architecture));
const pages =
  page === undefined ? {} : { [architecture]: withDiagram(page, layersDiagram(options.root)) };

const stale = Object.entries({ ...outputs, ...pages }).filter(
  ([path, text]) => readIfThere(join(options.root, path)) !== text,
);

if (options.check) {
  for (const [path] of stale) {
    const source = path === architecture ? 'the imports and includes' : 'native/spec';
    console.error(`${path} differs from ${source}: npm run generate`);
  }
  if (stale.length > 0) process.exitCode = 1;
  else {
    console.log(`${Object.keys(outputs).length} generated files agree with native/spec`);
    if (page !== undefined) console.log(`${architecture} shows the actual layers`);
  }
} else {
  for (const [path, text] of stale) {
    const file = join(options.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}
