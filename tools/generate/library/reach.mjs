// SPDX-License-Identifier: MIT
// @ts-check
// Which rows a function of the library can call: those that it names, and those that the functions and
// constants it uses name, and so on. What is only compared with a row's name, or typed by it, calls none.

import ts from 'typescript';

/** @typedef {import('./library.mjs').Library} Library */
/** @typedef {{ rows: Set<string>, uses: Set<ts.Node> }} Unit what a declaration itself names */

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

export class Reach {
  #library;
  #rows;
  /** @type {Map<ts.Node, Unit>} those that were read */
  #units = new Map();

  /**
   * @param {Library} library
   * @param {ReadonlySet<string>} rows
   */
  constructor(library, rows) {
    this.#library = library;
    this.#rows = rows;
  }

  /** The rows that a declared function, or what a constant holds, can call. @param {ts.Symbol} symbol */
  of(symbol) {
    /** @type {Set<ts.Node>} */
    const seen = new Set();
    /** @type {Set<string>} */
    const rows = new Set();
    /** @type {ts.Node[]} */
    const open = [...(symbol.declarations ?? [])];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node) || !isUnit(node) || !this.#library.isOwn(node)) continue;
      seen.add(node);
      const unit = this.#unitOf(node);
      for (const row of unit.rows) rows.add(row);
      open.push(...unit.uses);
    }
    return rows;
  }

  /** @param {ts.Node} node @returns {Unit} */
  #unitOf(node) {
    const known = this.#units.get(node);
    if (known !== undefined) return known;
    /** @type {Unit} */
    const unit = { rows: new Set(), uses: new Set() };
    this.#units.set(node, unit);
    ts.forEachChild(node, (child) => this.#read(child, unit));
    return unit;
  }

  /** @param {ts.Node} node @param {Unit} unit */
  #read(node, unit) {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    this.#note(node, unit);
    ts.forEachChild(node, (child) => this.#read(child, unit));
  }

  /** @param {ts.Node} node @param {Unit} unit */
  #note(node, unit) {
    const { checker } = this.#library;
    if (ts.isStringLiteralLike(node)) {
      if (this.#rows.has(node.text) && !isCompared(node)) unit.rows.add(node.text);
    } else if (ts.isTemplateExpression(node)) {
      for (const row of this.#spelled(checker.getTypeAtLocation(node))) unit.rows.add(row);
    } else if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      const symbol = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      const used = symbol && this.#library.resolved(symbol).declarations;
      for (const declaration of used ?? []) unit.uses.add(declaration);
    } else if (ts.isNewExpression(node)) {
      const made = checker.getTypeAtLocation(node).symbol?.valueDeclaration;
      if (made === undefined || !ts.isClassDeclaration(made)) return;
      for (const member of made.members) {
        if (!ts.isMethodDeclaration(member)) unit.uses.add(member);
      }
    }
  }

  /** The rows that an expression's type spells. @param {ts.Type} type @returns {string[]} */
  #spelled(type) {
    const each = type.isUnion() ? type.types : [type];
    return each.flatMap((one) =>
      one.isStringLiteral() && this.#rows.has(one.value) ? one.value : [],
    );
  }
}

/** @param {ts.Node} node */
function isUnit(node) {
  if (ts.isVariableDeclaration(node)) return ts.isSourceFile(node.parent.parent.parent);
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isPropertyDeclaration(node)
  );
}

/** @param {ts.Node} node */
function isCompared({ parent }) {
  return (
    ts.isCaseClause(parent) ||
    (ts.isBinaryExpression(parent) && comparisons.has(parent.operatorToken.kind))
  );
}
