// SPDX-License-Identifier: MIT
// @ts-check
// Finds the values that an expression can have, as far as its own file shows: literals, followed
// through constants, objects, arrays, the arguments of functions and the tables of tests.

import ts from 'typescript';

/**
 * The path from a value to a part of it: property names, element indexes, and `each`.
 * @typedef {(string | number)[]} Path
 */
const each = '*';

/** @type {Partial<Record<ts.SyntaxKind, (left: number, right: number) => number>>} */
const operators = {
  [ts.SyntaxKind.PlusToken]: (left, right) => left + right,
  [ts.SyntaxKind.MinusToken]: (left, right) => left - right,
  [ts.SyntaxKind.AsteriskToken]: (left, right) => left * right,
  [ts.SyntaxKind.SlashToken]: (left, right) => left / right,
  [ts.SyntaxKind.AsteriskAsteriskToken]: (left, right) => left ** right,
  [ts.SyntaxKind.LessThanLessThanToken]: (left, right) => left << right,
};
const either = [
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
];

/**
 * The numbers and strings that an expression, or a shorthand property, can have as its value.
 * @param {ts.Node} expression
 * @param {ts.TypeChecker} checker
 * @returns {(number | string)[]}
 */
export function valuesOf(expression, checker) {
  /** @type {Set<string>} */
  const visited = new Set();

  /**
   * @param {ts.Node | undefined} node
   * @param {Path} path
   * @returns {(number | string)[]}
   */
  const follow = (node, path) => {
    if (node === undefined) return [];
    // Functions may call themselves and each other.
    const key = `${node.getSourceFile().fileName} ${String(node.pos)} ${String(node.end)} ${path.join(' ')}`;
    if (visited.has(key)) return [];
    visited.add(key);
    const found = step(node, path);
    visited.delete(key);
    return found;
  };

  /**
   * @param {ts.Node} node
   * @param {Path} path
   * @returns {(number | string)[]}
   */
  const step = (node, path) => {
    if (ts.isNumericLiteral(node)) return path.length === 0 ? [Number(node.text)] : [];
    if (ts.isStringLiteralLike(node)) return path.length === 0 ? [node.text] : [];
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isAwaitExpression(node)
    ) {
      return follow(node.expression, path);
    }
    if (ts.isConditionalExpression(node)) {
      return [...follow(node.whenTrue, path), ...follow(node.whenFalse, path)];
    }
    if (ts.isBinaryExpression(node)) return combine(node, path);
    if (ts.isPropertyAccessExpression(node))
      return follow(node.expression, [node.name.text, ...path]);
    if (ts.isElementAccessExpression(node)) {
      const at = follow(node.argumentExpression, []);
      return (at.length === 0 ? [each] : at).flatMap((one) =>
        follow(node.expression, [one, ...path]),
      );
    }
    if (ts.isArrayLiteralExpression(node)) return inArray(node, path);
    if (ts.isObjectLiteralExpression(node)) return inObject(node, path);
    if (ts.isIdentifier(node)) {
      const [declaration] = checker.getSymbolAtLocation(node)?.declarations ?? [];
      return declaration ? follow(declaration, path) : [];
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      const [declaration] = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      return follow(declaration, path);
    }
    if (ts.isVariableDeclaration(node)) {
      const loop = node.parent.parent;
      if (ts.isForOfStatement(loop)) return follow(loop.expression, [each, ...path]);
      return follow(node.initializer, path);
    }
    if (ts.isBindingElement(node)) return bound(node, path);
    if (ts.isParameter(node)) return given(node, path);
    return [];
  };

  /**
   * An operand whose values are unknown is left out of the result.
   * @param {ts.BinaryExpression} node
   * @param {Path} path
   */
  const combine = ({ left, right, operatorToken }, path) => {
    if (either.includes(operatorToken.kind)) return [...follow(left, path), ...follow(right, path)];
    const operator = operators[operatorToken.kind];
    const [lefts, rights] = [follow(left, []), follow(right, [])];
    if (operator === undefined || path.length > 0) return [];
    if (lefts.length === 0) return rights;
    if (rights.length === 0) return lefts;
    return lefts.flatMap((one) => rights.map((other) => operator(Number(one), Number(other))));
  };

  /**
   * @param {ts.ArrayLiteralExpression} node
   * @param {Path} path
   */
  const inArray = ({ elements }, [at, ...rest]) => {
    if (at !== each) return follow(elements[Number(at)], rest);
    return elements.flatMap((element) =>
      ts.isSpreadElement(element)
        ? follow(element.expression, [each, ...rest])
        : follow(element, rest),
    );
  };

  /**
   * @param {ts.ObjectLiteralExpression} node
   * @param {Path} path
   */
  const inObject = ({ properties }, [name, ...rest]) => {
    return properties.flatMap((property) => {
      if (ts.isSpreadAssignment(property))
        return follow(property.expression, [String(name), ...rest]);
      if (name !== each && property.name?.getText() !== name) return [];
      return follow(ts.isPropertyAssignment(property) ? property.initializer : property, rest);
    });
  };

  /**
   * A name in a destructuring pattern.
   * @param {ts.BindingElement} node
   * @param {Path} path
   */
  const bound = (node, path) => {
    const pattern = node.parent;
    const at = ts.isArrayBindingPattern(pattern)
      ? pattern.elements.indexOf(node)
      : (node.propertyName ?? node.name).getText();
    return [...follow(node.initializer, path), ...follow(pattern.parent, [at, ...path])];
  };

  /**
   * The values of a parameter: the arguments of the function's calls in this file, the table of a test,
   * or the elements that an array's method passes to its callback.
   * @param {ts.ParameterDeclaration} node
   * @param {Path} path
   */
  const given = (node, path) => {
    const found = follow(node.initializer, path);
    const made = node.parent;
    const at = made.parameters.indexOf(node);
    const call = made.parent;
    if (ts.isCallExpression(call)) {
      const by = call.expression;
      // it.for(table)(title, test)
      if (ts.isCallExpression(by) && ts.isPropertyAccessExpression(by.expression)) {
        const [table] = by.arguments;
        if (by.expression.name.text === 'each') found.push(...follow(table, [each, at, ...path]));
        if (at === 0) found.push(...follow(table, [each, ...path]));
      }
      // list.map(one)
      if (ts.isPropertyAccessExpression(by) && at === 0) {
        found.push(...follow(by.expression, [each, ...path]));
      }
    }
    const name = ts.isVariableDeclaration(call) ? call.name : made.name;
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol === undefined) return found;
    /** @param {ts.Node} other */
    const look = (other) => {
      if (
        ts.isCallExpression(other) &&
        ts.isIdentifier(other.expression) &&
        checker.getSymbolAtLocation(other.expression) === symbol
      ) {
        found.push(...follow(other.arguments[at], path));
      }
      ts.forEachChild(other, look);
    };
    look(node.getSourceFile());
    return found;
  };

  return follow(expression, []);
}
