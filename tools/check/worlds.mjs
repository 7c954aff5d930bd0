// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:worlds: no C++ file sees both Node-API and Windows, each native folder sees only its
// own world, and no layer of the library imports from a layer above it.

import { main, ToolError } from '../command.mjs';
import { cppSources, filesBelow } from './files.mjs';
import { layerFaults } from './layers.mjs';
import { headersOf, worldsOf } from './includes.mjs';

/** What a folder must not see. @type {[folder: RegExp, worlds: string[]][]} */
const forbidden = [
  [/^native\/core\//, ['Node-API', 'Windows']],
  [/^native\/addon\//, ['Windows']],
  [/^native\/(com|jobs|downloads|system)\//, ['Node-API']],
];

/** com/ must not include jobs/ or downloads/. @param {string} file */
function comFaults(file) {
  if (!file.startsWith('native/com/')) return [];
  return headersOf(file)
    .filter((header) => /^(jobs|downloads)\//.test(header))
    .map((header) => `${file}: includes ${header}`);
}

/** @param {string} file */
function faultsOf(file) {
  const worlds = worldsOf(file);
  const faults = forbidden
    .filter(([folder]) => folder.test(file))
    .flatMap(([, names]) => names)
    .filter((name) => worlds.has(name))
    .map((name) => `${file}: includes ${name} through ${String(worlds.get(name)?.join(' > '))}`);
  if (faults.length > 0 || worlds.size < 2) return faults;
  const ways = [...worlds.values()].map((way) => way.join(' > '));
  return [`${file}: includes both Node-API and Windows, through ${ways.join(' and ')}`];
}

await main(() => {
  const files = filesBelow(['native', 'test', 'bench', 'tools'], cppSources);
  const sources = filesBelow(['lib'], /\.ts$/);
  const faults = [
    ...files.flatMap(faultsOf),
    ...files.flatMap(comFaults),
    ...sources.flatMap(layerFaults),
  ];
  if (faults.length > 0) throw new ToolError(faults.join('\n'));
  console.log(
    `Worlds: passed (${String(files.length)} C++ files, ${String(sources.length)} of lib).`,
  );
  return Promise.resolve();
});
