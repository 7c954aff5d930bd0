// SPDX-License-Identifier: MIT
// @ts-check
//
// Draws the layers of the code, from the imports of lib/ and typings/ and the includes of native/, into
// docs/architecture.md. An arrow that others imply is left out: if A sees B and B sees C, A sees C.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { layerOf, importsIn } from '../check/layers.mjs';
import { headersIn } from '../check/includes.mjs';

/** Each layer with its files, from the top, in the half that it is part of. */
const halves = {
  'lib["TypeScript"]': {
    cli: 'lib/cli/',
    'electron-updater': 'lib/electron-updater/',
    index: 'lib/index.ts',
    convenience: 'lib/transfer/, lib/diagnose/',
    objects: 'lib/jobs/, lib/downloads/',
    feed: 'lib/feed/',
    remote: 'lib/remote/',
    base: 'lib/, lib/properties/',
    boundary: 'typings/',
  },
  'native["C++"]': {
    addon: 'native/addon/',
    interfaces: 'native/interfaces.cc',
    jobs: 'native/jobs/',
    downloads: 'native/downloads/',
    com: 'native/com/',
    system: 'native/system/',
    core: 'native/core/',
  },
};

const begin = '<!-- The layers, drawn by `npm run generate` from the imports and includes: -->';
const end = '<!-- The end of the layers. -->';

/** @typedef {{ from: string, to: string }} Arrow */

/** @param {string} file */
function layerIn(file) {
  if (/^prebuilds\//.test(file)) return 'addon';
  const [, native] = /^native\/(\w+)/.exec(file) ?? [];
  return native ?? layerOf(file.replace(/(\.d)?\.[jt]s$/, ''));
}

/**
 * The files that a file imports or includes, as paths from the root.
 * @param {string} root
 * @param {string} file
 */
function seenBy(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  if (file.endsWith('.ts')) return importsIn(text, file);
  return headersIn(text)
    .map((header) => posix.join('native', header))
    .filter((path) => existsSync(join(root, path)));
}

/** @param {string} root */
function sources(root) {
  return ['lib', 'typings', 'native'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .filter((file) => /\.(ts|cc|h)$/.test(file) && !file.startsWith('native/mingw/')),
  );
}

/**
 * Whether arrows lead from one layer to another.
 * @param {Arrow[]} arrows
 * @param {Arrow} ends
 */
function leads(arrows, { from, to }) {
  const reached = new Set([from]);
  for (const layer of reached) {
    for (const arrow of arrows) if (arrow.from === layer) reached.add(arrow.to);
  }
  return reached.has(to);
}

/** The arrows that no others imply. @param {Arrow[]} arrows */
function needed(arrows) {
  let left = arrows;
  for (const arrow of arrows) {
    const others = left.filter((other) => other !== arrow);
    if (leads(others, arrow)) left = others;
  }
  return left;
}

/** @param {string} root */
export function layersDiagram(root) {
  const layers = Object.values(halves).flatMap((half) => Object.keys(half));
  const files = sources(root);
  const pairs = files.flatMap((file) =>
    seenBy(root, file).map((seen) => `${layerIn(file)} ${layerIn(seen)}`),
  );
  const arrows = [...new Set(pairs)].map((pair) => {
    const [from = '', to = ''] = pair.split(' ');
    return { from, to };
  });
  const place = (/** @type {Arrow} */ { from, to }) =>
    layers.indexOf(from) * 100 + layers.indexOf(to);
  const drawn = arrows
    .filter(({ from, to }) => from !== to && layers.includes(from) && layers.includes(to))
    .sort((a, b) => place(a) - place(b));
  const there = new Set(files.map(layerIn));
  const boxes = Object.entries(halves).flatMap(([name, half]) => [
    `  subgraph ${name}`,
    ...Object.entries(half)
      .filter(([layer]) => there.has(layer))
      .map(([layer, of]) => `    ${layer}["${layer}<br/><small>${of}</small>"]`),
    '  end',
  ]);
  const lines = needed(drawn).map(({ from, to }) => `  ${from} --> ${to}`);
  return ['flowchart TD', ...boxes, ...lines].join('\n');
}

/**
 * The page with the diagram of these layers in its place.
 * @param {string} page
 * @param {string} diagram
 */
export function withDiagram(page, diagram) {
  const [before, rest] = page.split(`${begin}\n`);
  const after = rest?.split(`${end}\n`)[1];
  if (after === undefined) throw new Error(`docs/architecture.md has no place for the layers`);
  return `${before}${begin}\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n${end}\n${after}`;
}
