// SPDX-License-Identifier: MIT
// @ts-check
// Where each row is in the public API. A method's comment names the pages of the COM methods that it
// calls, and the code that it reaches must call them. A callback of the service is the event, function or
// method whose comment names its page. `as()` has the interfaces that its type names.

import ts from 'typescript';
import { anchorOf, headingOf, methodHeading } from '../api/headings.mjs';
import { Reach } from '../library/reach.mjs';

/** @typedef {import('../library/library.mjs').Library} Library */
/** @typedef {import('./rows.mjs').Row} Row */

/**
 * @typedef {object} Member of an exported type, or an exported function
 * @property {string} owner the exported name
 * @property {ts.Symbol} symbol
 * @property {boolean} callable whether it is a function or method, and so calls what its comment names
 * @property {string} shown such as `job.resume()`
 * @property {string} anchor in docs/api.md
 */

/**
 * @typedef {object} Place
 * @property {string} shown
 * @property {string} anchor in docs/api.md
 */

export class Places {
  #library;
  /** @type {Map<string, Place[]>} */
  #byRow = new Map();
  /** @type {Map<string, Place[]>} of `as()`, by interface */
  #typed = new Map();
  /** @type {string[]} what a comment says that is not so */
  faults = [];

  /**
   * @param {Library} library
   * @param {Row[]} rows
   */
  constructor(library, rows) {
    this.#library = library;
    const addresses = new Map(rows.map((row) => [row.address.toLowerCase(), row]));
    const reach = new Reach(library, new Set(rows.map(({ address }) => address)));
    const members = this.#members();
    for (const member of members) {
      const { shown, anchor, symbol, callable } = member;
      if (symbol.name === 'as') this.#addInterfaces(member);
      const named = library.pages(symbol).flatMap((page) => addresses.get(methodOf(page)) ?? []);
      for (const { address, called } of named) {
        if (callable && called && !reach.of(symbol).has(address)) {
          this.faults.push(`${shown}: its comment names ${address}, which it does not call`);
        }
        this.#byRow.set(address, [...(this.#byRow.get(address) ?? []), { shown, anchor }]);
      }
    }
  }

  /** Where a row is: its methods or events; or without one, `as()`. @param {Row} row @returns {Place[]} */
  of({ address, interface: name }) {
    const own = this.#byRow.get(address);
    if (own !== undefined) return own;
    const [, method = ''] = address.split('::');
    const called = `${method.charAt(0).toLowerCase()}${method.slice(1)}`;
    const call = `.${called}()`;
    // A method that takes a callback object is not in the type of as().
    const has = this.#library.methodsOf(name).has(called);
    const typed = has ? (this.#typed.get(name) ?? []) : [];
    return typed.map((place) => ({ ...place, shown: `${place.shown}${call}` }));
  }

  /** @returns {Member[]} */
  #members() {
    const library = this.#library;
    const exported = [...library.exports.values()].flatMap((names) => [...names]);
    const classes = exported.filter(([, symbol]) => (symbol.flags & ts.SymbolFlags.Class) !== 0);
    return exported.flatMap(([owner, symbol]) => {
      const { flags } = symbol;
      const heading = headingOf(owner, symbol);
      if ((flags & ts.SymbolFlags.Function) !== 0) {
        const anchor = anchorOf(heading);
        return [{ owner, symbol, callable: true, shown: `${owner}()`, anchor }];
      }
      const isClass = (flags & ts.SymbolFlags.Class) !== 0;
      if (
        (flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) ===
        0
      ) {
        return [];
      }
      this.#addExtended(owner, symbol, anchorOf(heading));
      const show = this.#shower(owner, symbol, classes);
      // An interface that extends a class has that class's methods, which are listed there.
      const type = library.declaredType(symbol);
      const bases = !isClass && type.isClassOrInterface() ? library.checker.getBaseTypes(type) : [];
      const members = library
        .members(type)
        .filter(({ name }) => !bases.some((base) => base.isClass() && base.getProperty(name)));
      return members.map((member) => {
        const isMethod = (member.flags & ts.SymbolFlags.Method) !== 0;
        const callable = isClass && isMethod;
        const anchor = anchorOf(callable ? methodHeading(owner, member.name) : heading);
        return { owner, symbol: member, callable, shown: show(member.name, isMethod), anchor };
      });
    });
  }

  /**
   * How a member of an exported type is written in a program.
   * @param {string} owner
   * @param {ts.Symbol} symbol
   * @param {[string, ts.Symbol][]} classes
   * @returns {(name: string, isMethod: boolean) => string}
   */
  #shower(owner, symbol, classes) {
    const events = /^([A-Z][a-z]+)EventMap$/.exec(owner)?.[1]?.toLowerCase();
    if (events !== undefined) return (name) => `${events}.on('${name}')`;
    if ((symbol.flags & ts.SymbolFlags.Class) !== 0) {
      return (name, isMethod) => `${variableOf(owner)}.${name}${isMethod ? '()' : ''}`;
    }
    const taker = this.#takerOf(owner, classes);
    return (name) => (taker === undefined ? `${owner}.${name}` : `${taker}({ ${name} })`);
  }

  /** The first method with a parameter of a type. @param {string} type @param {[string, ts.Symbol][]} classes */
  #takerOf(type, classes) {
    const word = new RegExp(`\\b${type}\\b`);
    for (const [owner, symbol] of classes) {
      const members = this.#library.members(this.#library.declaredType(symbol));
      const found = members.find(({ valueDeclaration: node }) => {
        if (node === undefined || !ts.isMethodDeclaration(node)) return false;
        return node.parameters.some((one) => word.test(one.type?.getText() ?? ''));
      });
      if (found !== undefined) return `${variableOf(owner)}.${found.name}`;
    }
    return undefined;
  }

  /** An interface that extends the methods of one. @param {string} owner @param {ts.Symbol} symbol @param {string} anchor */
  #addExtended(owner, { declarations = [] }, anchor) {
    for (const node of declarations.filter((one) => ts.isInterfaceDeclaration(one))) {
      for (const { expression, typeArguments: [of] = [] } of extendedBy(node)) {
        const isMethods = ts.isIdentifier(expression) && expression.text === 'Methods';
        if (!isMethods || !of || !ts.isLiteralTypeNode(of) || !ts.isStringLiteral(of.literal))
          continue;
        this.#typed.set(of.literal.text, [{ shown: variableOf(owner), anchor }]);
      }
    }
  }

  /** @param {Member} member an `as()` */
  #addInterfaces({ owner, symbol, anchor }) {
    const { checker } = this.#library;
    const node = symbol.valueDeclaration;
    const [parameter] = node && ts.isMethodDeclaration(node) ? (node.typeParameters ?? []) : [];
    const constraint = parameter?.constraint && checker.getTypeFromTypeNode(parameter.constraint);
    const names =
      constraint === undefined ? [] : constraint.isUnion() ? constraint.types : [constraint];
    for (const one of names) {
      if (!one.isStringLiteral()) throw new Error(`${owner}.as() takes more than named interfaces`);
      const shown = `${variableOf(owner)}.as('${one.value}')`;
      const known = this.#typed.get(one.value) ?? [];
      this.#typed.set(one.value, [...known, { shown, anchor }]);
    }
  }
}

/** @param {ts.InterfaceDeclaration} node */
function extendedBy({ heritageClauses = /** @type {any} */ ([]) }) {
  return [...heritageClauses].flatMap(({ types }) => [...types]);
}

/** The last word of a class's name: what a program calls its objects. @param {string} name */
function variableOf(name) {
  return (/[A-Z][a-z]+$/.exec(name)?.[0] ?? name).toLowerCase();
}

/** The method that a page is about, as `interface::method` in lower case. @param {string} page */
function methodOf(page) {
  const [last = ''] = page.split('/').slice(-1);
  const [of = '', method = ''] = last
    .replace(/-method$/, '')
    .split('-')
    .slice(-2);
  return `${of}::${method}`;
}
