// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:worlds: no C++ file sees both Node-API and Windows, each native folder sees the
// world that is its own, and no floor of the library looks upwards.

import { main, ToolError } from '../command.mjs';
import { cppSources, filesBelow } from './files.mjs';
import { floorFaults } from './floors.mjs';
import { worldsOf } from './includes.mjs';

/** What a folder must not see. @type {[folder: RegExp, worlds: string[]][]} */
const forbidden = [
  [/^native\/core\//, ['Node-API', 'Windows']],
  [/^native\/addon\//, ['Windows']],
  [/^native\/(com|jobs|downloads)\//, ['Node-API']],
];

/** @param {string} file */
function faultsOf(file) {
  const worlds = worldsOf(file);
  const faults = forbidden
    .filter(([folder]) => folder.test(file))
    .flatMap(([, names]) => names)
    .filter((name) => worlds.has(name))
    .map((name) => `${file}: sees ${name}, by way of ${String(worlds.get(name)?.join(' > '))}`);
  if (faults.length > 0 || worlds.size < 2) return faults;
  const ways = [...worlds.values()].map((way) => way.join(' > '));
  return [`${file}: sees both Node-API and Windows, by way of ${ways.join(' and ')}`];
}

await main(() => {
  const files = filesBelow(['native', 'test', 'bench', 'tools'], cppSources);
  const sources = filesBelow(['lib'], /\.ts$/);
  const faults = [...files.flatMap(faultsOf), ...sources.flatMap(floorFaults)];
  if (faults.length > 0) throw new ToolError(faults.join('\n'));
  console.log(
    `Worlds: well (${String(files.length)} C++ files, ${String(sources.length)} of lib).`,
  );
  return Promise.resolve();
});
