// SPDX-License-Identifier: MIT
// @ts-check
// The waits of the tests that go by the clock, as their source says them.

import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../clone.mjs';
import { valuesOf } from './constants.mjs';

/**
 * @typedef {object} Wait
 * @property {string} file
 * @property {string} test its title, or the name of the function around
 * @property {string} wait what waits
 * @property {number} milliseconds
 */

// In longer than this a test is over by its own time-out: so long means never.
const never = 120_000;
// A limit is waited for where it is to be reached. One that is not, is longer than this.
const leastLimit = 10_000;

/** Calls that wait, and which of their arguments says how long. @type {Record<string, number>} */
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
/** Switches of the stand-in's whose values are milliseconds. */
const switches = ['late-callbacks', 'restart-pause'];
/** Properties: a fault's delay, a poll; and the milliseconds of a server's pace. */
const properties = ['delay', 'pollInterval'];
const limits = ['timeout', 'callTimeout', 'stallTimeout'];

/**
 * The waits of these files that take no less than so many milliseconds.
 * @param {string[]} files
 * @param {number} least
 * @returns {Wait[]}
 */
export function waitsOf(files, least) {
  const program = ts.createProgram({
    rootNames: files.map((file) => join(root, file)),
    // Each file for itself, and nothing but its names.
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
 * What waits here, and the expression that says how long.
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
 * Whether it says how many bytes come before each pause.
 * @param {ts.ObjectLiteralExpression} object
 */
function isPace(object) {
  return object.properties.some(({ name }) => name?.getText() === 'bytes');
}

/**
 * The name of a function as its module has it.
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
 * The title of the test around a node, or the name of the function.
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
