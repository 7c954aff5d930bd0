// SPDX-License-Identifier: MIT
// The doc comments of the public types: an editor shows them, and the guides have the same text. That there
// are all is a check of docs/api.md.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadProperties, type DownloadProperty } from 'dosvc';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const entry = join(root, 'dist/index.d.ts');
const electronUpdater = join(root, 'dist/electron-updater/index.d.ts');
const program = ts.createProgram([entry, electronUpdater], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
});
const checker = program.getTypeChecker();

interface Said {
  type: string;
  words: string;
}

/** The properties of an exported type, each with its type and its doc comment. */
function propertiesOf(name: string, from = entry): Map<string, Said> {
  const source = program.getSourceFile(from);
  const module = source && checker.getSymbolAtLocation(source);
  const found = module && checker.getExportsOfModule(module).find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not exported`);
  const alias = (found.flags & ts.SymbolFlags.Alias) !== 0;
  const type = checker.getDeclaredTypeOfSymbol(alias ? checker.getAliasedSymbol(found) : found);
  const said = (property: ts.Symbol): Said => ({
    type: checker.typeToString(checker.getTypeOfSymbol(property)),
    words: ts.displayPartsToString(property.getDocumentationComment(checker)),
  });
  return new Map(type.getProperties().map((property) => [property.name, said(property)]));
}

it('docs/downloads.md lists every property as it is declared', () => {
  const page = readFileSync(join(root, 'docs/downloads.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `') && line.split(' | ').length === 5)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | +\|?$/g, '')));
  const said = new Map([
    ...propertiesOf('DownloadProperties'),
    ...propertiesOf('SettableDownloadProperties'),
  ]);
  const names = Object.keys(downloadProperties) as DownloadProperty[];
  expect(rows).toEqual(
    names.map((name) => {
      const { access, since } = downloadProperties[name];
      const { type = '', words = '' } = said.get(name) ?? {};
      const bare = type.replaceAll(' | ', ', ').replace(/<.*>$/, '');
      const shown = name === 'costPolicy' ? 'DownloadCostPolicy' : bare;
      return [`\`${name}\``, `\`${shown}\``, access, String(since), words];
    }),
  );
});

it.each([
  ['docs/download.md', 'TransferOptions', entry],
  ['docs/electron.md', 'AttachOptions', electronUpdater],
])('%s lists every option', (name, type, from) => {
  const page = readFileSync(join(root, name), 'utf8');
  const [, options = ''] = /^## Options\n(.*?)^## /ms.exec(page) ?? [];
  const listed = Array.from(options.matchAll(/^\| `(\w+)`/gm), ([, option]) => option);
  expect(listed.sort()).toEqual([...propertiesOf(type, from).keys()].sort());
});
