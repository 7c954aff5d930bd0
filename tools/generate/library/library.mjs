// SPDX-License-Identifier: MIT
// @ts-check
// The library as its compiler knows it: its sources with their types, and what the package exports.

import { join, relative } from 'node:path';
import ts from 'typescript';

/** The entry points of the package, by the name under which they are imported. */
export const entries = {
  dosvc: 'lib/index.ts',
  'dosvc/electron-updater': 'lib/electron-updater/index.ts',
};

/** @typedef {keyof typeof entries} Entry */

export class Library {
  #root;
  #program;
  checker;
  /** @type {Map<Entry, Map<string, ts.Symbol>>} what each entry point exports, by name */
  exports = new Map();

  /** @type {ts.Symbol[]} */
  #asked;

  /**
   * @param {string} root
   * @param {string[]} interfaces those of which {@link methodsOf} is asked
   */
  constructor(root, interfaces = []) {
    this.#root = root;
    const config = join(root, 'tsconfig.build.json');
    const { config: read, error } = ts.readConfigFile(config, (path) => ts.sys.readFile(path));
    if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
    const { options } = ts.parseJsonConfigFileContent(read, ts.sys, root);
    const files = Object.values(entries).map((path) => join(root, path));
    const question = join(root, 'lib', 'methods-of-interfaces.ts');
    const lines = interfaces.map((name) => `export type ${name} = Methods<'${name}'>;`);
    const text = ["import type { Methods } from './index.js';", ...lines].join('\n');
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (file, ...more) =>
      file === question.replaceAll('\\', '/')
        ? ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
        : getSourceFile.call(host, file, ...more);
    const all = [...files, question.replaceAll('\\', '/')];
    this.#program = ts.createProgram(all, { ...options, noEmit: true }, host);
    this.checker = this.#program.getTypeChecker();
    const answer = this.#program.getSourceFile(all.at(-1) ?? '');
    const answers = answer && this.checker.getSymbolAtLocation(answer);
    this.#asked = answers ? this.checker.getExportsOfModule(answers) : [];
    for (const [name, path] of Object.entries(entries)) {
      const source = this.#program.getSourceFile(join(root, path));
      const module = source && this.checker.getSymbolAtLocation(source);
      if (module === undefined) throw new Error(`${path} exports nothing`);
      const symbols = this.checker
        .getExportsOfModule(module)
        .filter(({ declarations = [] }) => !declarations.some((node) => isInternal(node)));
      const own = symbols.map((one) => /** @type {const} */ ([one.name, this.resolved(one)]));
      this.exports.set(/** @type {Entry} */ (name), new Map(own));
    }
  }

  /** The methods that the type `Methods` of the public API has for an interface. @param {string} name */
  methodsOf(name) {
    const asked = this.#asked.find((symbol) => symbol.name === name);
    const type = asked && this.declaredType(asked);
    return new Set(type && this.checker.getPropertiesOfType(type).map((method) => method.name));
  }

  /** The path of a file of the repository, from its root. @param {ts.SourceFile} source */
  pathOf(source) {
    return relative(this.#root, source.fileName).replaceAll('\\', '/');
  }

  /** The files below a folder. @param {string} folder */
  sources(folder) {
    const all = this.#program.getSourceFiles();
    return all.filter((source) => this.pathOf(source).startsWith(folder));
  }

  /** What an import or export stands for. @param {ts.Symbol} symbol */
  resolved(symbol) {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  /** The type that an exported class, interface or alias declares. @param {ts.Symbol} symbol */
  declaredType(symbol) {
    return this.checker.getDeclaredTypeOfSymbol(symbol);
  }

  /** Whether a declaration is in a file of the repository's own. @param {ts.Node} node */
  isOwn(node) {
    return /^(lib|typings)\//.test(this.pathOf(node.getSourceFile()));
  }

  /** The public members of a type that are declared here, inherited ones included. @param {ts.Type} type */
  members(type) {
    return this.checker.getPropertiesOfType(type).filter((member) => {
      const [declaration] = member.declarations ?? [];
      return declaration !== undefined && this.isOwn(declaration) && isPublic(declaration);
    });
  }

  /** The static members of a class that are declared here. @param {ts.Symbol} symbol */
  statics(symbol) {
    return [...(symbol.exports?.values() ?? [])].filter(({ name, declarations = [] }) => {
      return (
        name !== 'prototype' && declarations.some((node) => this.isOwn(node) && isPublic(node))
      );
    });
  }

  /** The pages that a symbol's comment names. @param {ts.Symbol} symbol */
  pages(symbol) {
    return symbol
      .getJsDocTags(this.checker)
      .filter(({ name }) => name === 'see')
      .map(({ text }) => ts.displayPartsToString(text).trim());
  }
}

/** @param {ts.Declaration} declaration */
export function isPublic(declaration) {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if ((ts.getCombinedModifierFlags(declaration) & hidden) !== 0) return false;
  const name = ts.getNameOfDeclaration(declaration);
  if (name !== undefined && ts.isPrivateIdentifier(name)) return false;
  return !isInternal(declaration);
}

/** Whether a declaration is kept out of the package's types. @param {ts.Node} node */
function isInternal(node) {
  const stated = ts.isExportSpecifier(node) ? node.parent.parent : node;
  return ts.getJSDocTags(stated).some(({ tagName }) => tagName.text === 'internal');
}
