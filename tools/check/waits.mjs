// SPDX-License-Identifier: MIT
// @ts-check
// Finds the timed waits of the tests in their source.

import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../clone.mjs';
import { valuesOf } from './constants.mjs';

/**
 * @typedef {object} Wait
 * @property {string} file
 * @property {string} test its title, or the name of the enclosing function
 * @property {string} wait what waits
 * @property {number} milliseconds
 */

// A test times out before a wait as long as this ends, so such a wait means never.
const never = 120_000;
// A limit counts as a wait if the test expects to reach it. Other limits are at least this long.
const leastLimit = 10_000;

/** Calls that wait, and the index of the argument that says how long. @type {Record<string, number>} */
const calls = {
  'setTimeout of node:timers/promises': 0,
  'setInterval of node:timers/promises': 0,
  setTimeout: 1,
  setInterval: 1,
  'scheduler.wait': 0,
  'AbortSignal.timeout': 0,
  'Atomics.wait': 3,
  killService: 0,
};
/** Switches of the stand-in whose values are milliseconds. */
const switches = ['late-callbacks', 'restart-pause'];
/**
 * Properties that are waits: a fault's delay, a poll, a response of test/http. waitAt() adds those of a
 * server's pace.
 */
const properties = ['delay', 'pollInterval', 'late'];
const limits = ['timeout', 'callTimeout', 'stallTimeout'];

/**
 * The waits of these files that take at least so many milliseconds.
 * @param {string[]} files
 * @param {number} least
 * @returns {Wait[]}
 */
export function waitsOf(files, least) {
  const program = ts.createProgram({
    rootNames: files.map((file) => join(root, file)),
    // Each file by itself, and only its own names.
    options: {
      allowJs: true,
      noLib: true,
      noResolve: true,
      types: [],
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
  });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(join(root, file));
    if (source === undefined) throw new Error(`${file} cannot be read`);
    /** @type {Wait[]} */
    const waits = [];
    /** @param {ts.Node} node */
    const visit = (node) => {
      const found = waitAt(node, checker);
      const longest = found?.limit ? leastLimit : never;
      for (const milliseconds of found ? new Set(valuesOf(found.value, checker)) : []) {
        if (typeof milliseconds !== 'number') continue;
        if (milliseconds < least || milliseconds >= longest) continue;
        waits.push({ file, test: placeOf(node), wait: found?.wait ?? '', milliseconds });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return waits;
  });
}

/**
 * The wait at a node, if any, and the expression that says how long.
 * @param {ts.Node} node
 * @param {ts.TypeChecker} checker
 * @returns {{ wait: string, value: ts.Node, limit?: boolean } | undefined}
 */
function waitAt(node, checker) {
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    const wait = (ts.isPropertyAccessExpression(callee) ? callee.name : callee).getText();
    if (wait === 'setSwitch') {
      const [name, value] = node.arguments;
      const names = name ? valuesOf(name, checker) : [];
      const late = switches.find((one) => names.includes(one));
      return late === undefined || value === undefined ? undefined : { wait: late, value };
    }
    const at = calls[nameOf(callee, checker)];
    const value = at === undefined ? undefined : node.arguments[at];
    return value && { wait, value };
  }
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
    const wait = node.name.getText();
    const value = ts.isPropertyAssignment(node) ? node.initializer : node;
    if (properties.includes(wait)) return { wait, value };
    if (wait === 'milliseconds' && isPace(node.parent)) return { wait: 'pace', value };
    if (limits.includes(wait)) return { wait, value, limit: true };
  }
  return undefined;
}

/**
 * Whether an object is a server's pace, which says how many bytes come before each pause.
 * @param {ts.ObjectLiteralExpression} object
 */
function isPace(object) {
  return object.properties.some(({ name }) => name?.getText() === 'bytes');
}

/**
 * The name under which a function's module exports it.
 * @param {ts.Expression} callee
 * @param {ts.TypeChecker} checker
 */
function nameOf(callee, checker) {
  if (!ts.isIdentifier(callee)) return callee.getText();
  const [declaration] = checker.getSymbolAtLocation(callee)?.declarations ?? [];
  if (declaration === undefined || !ts.isImportSpecifier(declaration)) return callee.getText();
  const { propertyName, name, parent } = declaration;
  const module = /** @type {ts.StringLiteral} */ (parent.parent.parent.moduleSpecifier).text;
  const own = (propertyName ?? name).text;
  return module === 'node:timers/promises' ? `${own} of ${module}` : own;
}

/**
 * The title of the test that encloses a node, or the name of the enclosing function.
 * @param {ts.Node} node
 */
function placeOf(node) {
  let place = '';
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (place === '' && isNamedFunction(at)) place = at.name?.getText() ?? '';
    if (!ts.isCallExpression(at)) continue;
    const [title] = at.arguments;
    if (!/^(it|test)\b/.test(at.expression.getText())) continue;
    if (title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) {
      return ts.isStringLiteralLike(title) ? title.text : title.getText().slice(1, -1);
    }
  }
  return place;
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.FunctionDeclaration | ts.MethodDeclaration | ts.VariableDeclaration}
 */
function isNamedFunction(node) {
  const { initializer } = ts.isVariableDeclaration(node) ? node : {};
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    (initializer !== undefined && ts.isFunctionLike(initializer))
  );
}
