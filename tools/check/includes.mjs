// SPDX-License-Identifier: MIT
// @ts-check
// Finds which worlds a C++ file sees, Node-API or Windows: through its own #include lines, and those
// of our headers that it includes.

import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../clone.mjs';

/** @type {[world: string, header: RegExp][]} */
const worlds = [
  ['Node-API', /^(napi(-inl)?|node_api(_types)?|js_native_api(_types)?|node|v8|uv)\.h$/i],
  [
    'Windows',
    new RegExp(
      '^(windows|win(def|base|nt|error|user|sock2?|reg|svc|inet|http)|ntsecapi|ole2|ole32|oleauto|' +
        'oaidl|objidl|objbase|unknwn(base)?|combaseapi|comdef|propidl|propvarutil|wtypes(base)?|' +
        'rpc\\w*|bits\\w*|deliveryoptimization\\w*|delayimp|shlobj|sddl|aclapi|guiddef|' +
        '(wrl|wil|winrt)/.*)(\\.h)?$',
      'i',
    ),
  ],
];

const includeRoots = ['native', 'test', '.'];

/**
 * Our file that an #include refers to, or null.
 * @param {string} header
 * @param {string} from
 */
function ours(header, from) {
  const folders = [posix.dirname(from), ...includeRoots];
  const paths = folders.map((folder) => posix.join(folder, header));
  return paths.find((path) => existsSync(join(root, path))) ?? null;
}

/** @param {string} file */
export function headersOf(file) {
  return headersIn(readFileSync(join(root, file), 'utf8'));
}

/** @param {string} text of a C++ file */
export function headersIn(text) {
  const lines = text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm);
  return Array.from(lines, ([, header]) => /** @type {string} */ (header));
}

/**
 * @param {string} file
 * @returns {Map<string, string[]>} each world with the chain of includes that leads to it
 */
export function worldsOf(file) {
  /** @type {Map<string, string[]>} */
  const seen = new Map();
  const visited = new Set([file]);
  /** @type {[file: string, way: string[]][]} */
  const queue = [[file, []]];
  for (const [current, way] of queue) {
    for (const header of headersOf(current)) {
      const own = ours(header, current);
      if (own === null) {
        const world = worlds.find(([, pattern]) => pattern.test(header))?.[0];
        if (world && !seen.has(world)) seen.set(world, [...way, `<${header}>`]);
      } else if (!visited.has(own)) {
        visited.add(own);
        queue.push([own, [...way, own]]);
      }
    }
  }
  return seen;
}
