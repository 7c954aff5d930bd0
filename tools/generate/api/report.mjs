// SPDX-License-Identifier: MIT
// @ts-check
// typings/api.md: every declaration of the public API without its comments, for review. Inherited members
// are listed with each class, and types that the declarations name but the package does not export come
// last, because a change of them changes the API as well.

import ts from 'typescript';
import { compare } from '../markdown.mjs';
import { memberName } from './page.mjs';
import { Signatures } from './signatures.mjs';

/** @typedef {import('../library/library.mjs').Library} Library */

const { Class, Function: Callable, Interface, Method, Optional, TypeAlias } = ts.SymbolFlags;

/** @param {Library} library */
export function apiReport(library) {
  return new Report(library).text();
}

class Report {
  #library;
  #signatures;
  /** @type {Set<ts.Symbol>} */
  #listed;

  /** @param {Library} library */
  constructor(library) {
    this.#library = library;
    this.#signatures = new Signatures(library);
    this.#listed = new Set([...library.exports.values()].flatMap((names) => [...names.values()]));
  }

  text() {
    const chapters = [...this.#library.exports].flatMap(([entry, names]) => [
      `## ${entry}`,
      this.#block([...names]),
    ]);
    return `${[
      '<!-- Written by `npm run generate` from the declarations in lib/. Do not edit. -->',
      '# The public API, for review',
      'A change of the public API changes this file.',
      ...chapters,
      '## Named by these, but not exported',
      this.#block(this.#unexported()),
    ].join('\n\n')}\n`;
  }

  /** @param {[name: string, symbol: ts.Symbol][]} names */
  #block(names) {
    const sorted = names.toSorted((a, b) => compare(a[0], b[0]));
    const declarations = sorted.map(([name, symbol]) => this.#declaration(name, symbol));
    return `\`\`\`ts\n${declarations.join('\n\n')}\n\`\`\``;
  }

  /** @returns {[name: string, symbol: ts.Symbol][]} */
  #unexported() {
    /** @type {[string, ts.Symbol][]} */
    const found = [];
    const open = [...this.#listed];
    for (let symbol = open.pop(); symbol !== undefined; symbol = open.pop()) {
      for (const named of this.#namedBy(symbol)) {
        if (this.#listed.has(named)) continue;
        this.#listed.add(named);
        found.push([named.name, named]);
        open.push(named);
      }
    }
    return found;
  }

  /** @param {ts.Symbol} symbol */
  #namedBy(symbol) {
    if (this.#signatures.literalsOf(symbol) !== undefined) return [];
    const isTable = (symbol.flags & (Class | Interface)) !== 0 || this.#isTable(symbol);
    const nodes = isTable ? this.#members(symbol).flatMap((one) => one.declarations ?? []) : [];
    const own = isTable ? nodes : (symbol.declarations ?? []);
    return own
      .filter((node) => !ts.isPropertyAssignment(node))
      .flatMap((node) => this.#signatures.namedIn(node));
  }

  /** @param {ts.Symbol} symbol */
  #isTable(symbol) {
    return (symbol.flags & TypeAlias) !== 0 && this.#signatures.isTable(symbol);
  }

  /** @param {ts.Symbol} symbol */
  #members(symbol) {
    return [
      ...this.#library.statics(symbol),
      ...this.#library.members(this.#library.declaredType(symbol)),
    ];
  }

  /** @param {string} name @param {ts.Symbol} symbol */
  #declaration(name, symbol) {
    const { flags } = symbol;
    if ((flags & Callable) !== 0) {
      const nodes = this.#signatures.of(symbol);
      return nodes.map((node) => `function ${this.#signatures.write(name, node)};`).join('\n');
    }
    if ((flags & Class) !== 0) return this.#table(`class ${name}`, symbol);
    if ((flags & Interface) !== 0) return this.#table(`interface ${name}`, symbol);
    if ((flags & TypeAlias) === 0) return `const ${name}: ${this.#signatures.typeOf(symbol)};`;
    const literals = this.#signatures.literalsOf(symbol);
    if (literals !== undefined) {
      return [`type ${name} =`, ...literals.map(({ text }) => `  | ${text}`)].join('\n') + ';';
    }
    if (this.#isTable(symbol)) return this.#table(`type ${name} =`, symbol);
    return this.#signatures.alias(name, symbol);
  }

  /** @param {string} head @param {ts.Symbol} symbol */
  #table(head, symbol) {
    const construction = this.#signatures.construction(symbol);
    const lines = [
      ...(construction ? [this.#signatures.write('constructor', construction)] : []),
      ...this.#members(symbol).flatMap((member) => this.#member(member)),
    ];
    const bases = this.#signatures.bases(symbol);
    const extended = bases.length > 0 ? ` extends ${bases.join(', ')}` : '';
    return [`${head}${extended} {`, ...lines.map((line) => `  ${line};`).sort(compare), '}'].join(
      '\n',
    );
  }

  /** @param {ts.Symbol} member @returns {string[]} */
  #member(member) {
    const [node] = member.declarations ?? [];
    const modifiers = node ? ts.getCombinedModifierFlags(node) : 0;
    const isStatic = (modifiers & ts.ModifierFlags.Static) !== 0 ? 'static ' : '';
    const isFixed = (modifiers & ts.ModifierFlags.Readonly) !== 0 ? 'readonly ' : '';
    const optional = (member.flags & Optional) !== 0;
    const name = `${memberName(member)}${optional ? '?' : ''}`;
    const signatures = (member.flags & Method) !== 0 ? this.#signatures.of(member) : [];
    if (signatures.length > 0) {
      return signatures.map((one) => `${isStatic}${this.#signatures.write(name, one)}`);
    }
    return [`${isStatic}${isFixed}${name}: ${this.#signatures.typeOf(member)}`];
  }
}
