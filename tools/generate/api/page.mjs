// SPDX-License-Identifier: MIT
// @ts-check
// docs/api.md: every exported name with its comment, by chapter.

import ts from 'typescript';
import { compare } from '../markdown.mjs';
import { anchorOf, headingOf, methodHeading } from './headings.mjs';
import { groupOf, groups } from './groups.mjs';
import { Prose } from './prose.mjs';
import { Signatures } from './signatures.mjs';

/** @typedef {import('../library/library.mjs').Library} Library */

const { Class, Function: Callable, Method, TypeAlias, Variable } = ts.SymbolFlags;

/**
 * @param {Library} library
 * @param {string[]} names COM's, of interfaces, methods and types
 */
export function apiPage(library, names) {
  return new Page(library, names).text();
}

class Page {
  #library;
  #prose;
  #signatures;
  /** @type {[name: string, symbol: ts.Symbol][]} */
  #exports;

  /** @type {Map<string, string>} COM's names, by how a page spells them */
  #names;

  /** @param {Library} library @param {string[]} names */
  constructor(library, names) {
    this.#library = library;
    this.#names = new Map(names.map((name) => [keyOf(name), name]));
    this.#prose = new Prose(library);
    this.#signatures = new Signatures(library);
    this.#exports = [...library.exports.values()].flatMap((names) => [...names]);
  }

  text() {
    const chapters = groups.map((group) => {
      const own = this.#exports.filter(([name, { declarations = [] }]) => {
        const [node] = declarations;
        return node && groupOf(name, this.#library.pathOf(node.getSourceFile())) === group;
      });
      const sorted = own.sort((a, b) => rankOf(...a) - rankOf(...b) || compare(a[0], b[0]));
      return { group, own: sorted };
    });
    const contents = chapters.map(({ group: { title }, own }) => {
      const names = own.map(([name, symbol]) => {
        const heading = headingOf(name, symbol);
        const shown = heading.replace(/^(Class|Constant) /, '');
        return `[\`${shown}\`](#${anchorOf(heading)})`;
      });
      return `- [${title}](#${anchorOf(title)}): ${names.join(', ')}`;
    });
    return [
      '<!-- Written by `npm run generate` from the comments in lib/. Do not edit. -->',
      '# The public API',
      'Everything that the package exports. The guides explain how to use it.',
      contents.join('\n'),
      ...chapters.flatMap(({ group, own }) => [
        `## ${group.title}`,
        group.about,
        ...own.flatMap(([name, symbol]) => this.#exported(name, symbol)),
      ]),
      '',
    ]
      .join('\n\n')
      .replace(/\n+$/, '\n');
  }

  /** @param {string} name @param {ts.Symbol} symbol @returns {string[]} */
  #exported(name, symbol) {
    const { flags } = symbol;
    const heading = `### ${headingOf(name, symbol)}`;
    if ((flags & Callable) !== 0) return [heading, ...this.#function(name, symbol)];
    const begin = [heading, this.#prose.of(symbol), ...this.#see(symbol)];
    if ((flags & Class) !== 0) return [...begin, ...this.#class(name, symbol)];
    if ((flags & Variable) !== 0) {
      return [...begin, block(`const ${name}: ${this.#signatures.typeOf(symbol)};`)];
    }
    if ((flags & TypeAlias) !== 0) return [...begin, ...this.#alias(name, symbol)];
    return [...begin, ...this.#bases(symbol), ...this.#table(symbol)];
  }

  /** @param {string} name @param {ts.Symbol} symbol */
  #class(name, symbol) {
    const members = [
      ...this.#library.statics(symbol),
      ...this.#library.members(this.#library.declaredType(symbol)),
    ];
    const methods = members.filter(({ flags }) => (flags & Method) !== 0);
    const construction = this.#signatures.construction(symbol);
    const made = construction && `${this.#signatures.write(`new ${name}`, construction)};`;
    return [
      ...this.#bases(symbol),
      ...(made === undefined ? [] : [block(made)]),
      ...this.#table(symbol, (member) => !methods.includes(member)),
      ...methods.flatMap((method) => [
        `#### ${methodHeading(name, memberName(method))}`,
        ...this.#function(memberName(method), method, name),
      ]),
    ];
  }

  /** @param {ts.Symbol} symbol */
  #bases(symbol) {
    const bases = this.#signatures.bases(symbol).map((one) => this.#prose.type(one));
    return bases.length === 0 ? [] : [`Extends ${bases.join(', ')}.`];
  }

  /** @param {string} name @param {ts.Symbol} symbol @param {string} [owner] */
  #function(name, symbol, owner) {
    const signatures = this.#signatures.of(symbol);
    const written = signatures.map((node) => {
      const isStatic = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
      return `${isStatic ? 'static ' : ''}${this.#signatures.write(name, node)};`;
    });
    const parameters = this.#prose.tags(symbol, 'param', owner).map((text) => {
      const [, parameter = '', words = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
      return `- \`${parameter}\`: ${words.replace(/^- /, '')}`;
    });
    const named = this.#named(signatures, owner);
    const results = this.#prose.tags(symbol, 'returns', owner).map((text) => `- Returns: ${text}`);
    const throws = this.#prose.tags(symbol, 'throws', owner).map((text) => `- Throws: ${text}`);
    const types = named.length > 0 ? [`- Types: ${named.join(', ')}`] : [];
    const list = [...parameters, ...results, ...throws, ...types].join('\n');
    return [
      block(written.join('\n')),
      ...this.#prose.ofEach(signatures, owner),
      ...(list === '' ? [] : [list]),
      ...this.#see(symbol),
    ];
  }

  /** Links to the exported types that signatures name. @param {ts.SignatureDeclaration[]} nodes @param {string} [owner] */
  #named(nodes, owner) {
    const named = new Set(nodes.flatMap((node) => this.#signatures.namedIn(node)));
    const links = this.#exports.filter(([name, symbol]) => named.has(symbol) && name !== owner);
    return links.map(([name]) => this.#prose.type(name));
  }

  /** @param {string} name @param {ts.Symbol} symbol @returns {string[]} */
  #alias(name, symbol) {
    const literals = this.#signatures.literalsOf(symbol);
    if (literals !== undefined) {
      const rows = literals.map(({ text, symbol: one }) => [
        `\`${text}\``,
        one === undefined ? '' : this.#prose.cell(one),
      ]);
      const told = rows.some(([, words]) => words !== '');
      if (told) return [table(['Value', 'Meaning'], rows)];
      return [rows.map(([text]) => text).join(', ')];
    }
    if (this.#signatures.isTable(symbol)) return this.#table(symbol);
    const written = this.#signatures.aliasForReaders(name, symbol);
    return written === undefined ? [] : [block(written)];
  }

  /**
   * The properties of a type.
   *
   * @param {ts.Symbol} symbol
   * @param {(member: ts.Symbol) => boolean} [wanted]
   */
  #table(symbol, wanted = () => true) {
    const { declarations: [own] = [] } = symbol;
    const isClass = (symbol.flags & Class) !== 0;
    const members = this.#library.members(this.#library.declaredType(symbol)).filter((member) => {
      // What an interface has from an exported base is described there.
      const { declarations: [node] = [] } = member;
      const inherited = node && node.parent !== own && this.#isExported(node.parent);
      return wanted(member) && (!inherited || (isClass && node && ts.isPropertyAssignment(node)));
    });
    if (members.length === 0) return [];
    const rows = members.map((member) => {
      const optional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      const type = this.#signatures.typeOfMember(member, symbol);
      const shown = optional ? type.replace(/ \| undefined$/, '') : type;
      return [
        `\`${memberName(member)}${optional ? '?' : ''}\``,
        this.#prose.type(shown),
        this.#prose.cell(member),
      ];
    });
    return [table(['Property', 'Type', 'Meaning'], rows)];
  }

  /** @param {ts.Node} node */
  #isExported(node) {
    return this.#exports.some(([, { declarations = [] }]) =>
      declarations.some((one) => one === node),
    );
  }

  /** @param {ts.Symbol} symbol */
  #see(symbol) {
    const pages = [...new Set(this.#library.pages(symbol))];
    if (pages.length === 0) return [];
    return [`See ${pages.map((page) => `[${this.#titleOf(page)}](${page})`).join(', ')}.`];
  }

  /** The COM name that a page is about. @param {string} page */
  #titleOf(page) {
    const last = (page.split('/').at(-1) ?? '').replace(/-method$/, '').replace(/^n\w-\w+-/, '');
    return `\`${this.#names.get(keyOf(last)) ?? last}\``;
  }
}

const order = [
  /^(download|diagnose|explain|attach)$/,
  /^[a-z]/,
  /Manager$/,
  /(Job|Download)$/,
  /File$/,
];

/** Where a name stands in its chapter: what a program begins with, and types last. @param {string} name @param {ts.Symbol} symbol */
function rankOf(name, { flags }) {
  if ((flags & (Class | Callable)) === 0) return order.length + 1;
  const at = order.findIndex((one) => one.test(name));
  return at === -1 ? order.length : at;
}

/** The name of a member, also of one that a symbol of JavaScript names. @param {ts.Symbol} member */
export function memberName({ name }) {
  const known = /^__@(\w+)@\d+$/.exec(name);
  return known ? `[Symbol.${known[1]}]` : name;
}

/** @param {string} name */
function keyOf(name) {
  return name.toLowerCase().replaceAll(/\W|_/g, '');
}

/** @param {string} code */
function block(code) {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
