// SPDX-License-Identifier: MIT
// The programs that docs/electron.md shows need Electron to run, so they are compiled: with its types, and
// with those of electron-updater and of this build.

import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { programsOf } from '../guides/programs.js';

const root = join(import.meta.dirname, '../..');
const options: ts.CompilerOptions = {
  ...{ allowJs: true, checkJs: true, noEmit: true, strict: true, skipLibCheck: true },
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  ...{
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    types: ['node', 'electron-types'],
  },
  // As in an application: without the clone's own resolution of its name.
  paths: {
    dosvc: [join(root, 'dist/index.d.ts')],
    'dosvc/electron-updater': [join(root, 'dist/electron-updater/index.d.ts')],
  },
};

const file = join(root, 'program.mjs');
// What all programs import is read once.
const host = ts.createCompilerHost(options);
const read = host.getSourceFile.bind(host);
const declarations = new Map<string, ts.SourceFile | undefined>();

/** What the compiler finds wrong with a program. */
function faultsIn(source: string): string[] {
  host.getSourceFile = (name, target, ...more) => {
    if (name === file) return ts.createSourceFile(name, source, target);
    if (!declarations.has(name)) declarations.set(name, read(name, target, ...more));
    return declarations.get(name);
  };
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const programs = programsOf('docs/electron.md');

it('docs/electron.md shows programs', () => {
  expect(programs.map(({ heading }) => heading)).toEqual([
    'Attach it',
    'Utility process',
    'Utility process',
  ]);
});

it.each(programs)('the documented program compiles: $page, $heading', ({ source }) => {
  expect(faultsIn(source)).toEqual([]);
});

it('a program with a wrong option does not compile', () => {
  const [attached] = programs;
  const wrong = attached?.source.replace("'unrestricted'", "'no_roaming'") ?? '';
  expect(faultsIn(wrong)).toEqual([expect.stringContaining('"no_roaming"')]);
});
