// SPDX-License-Identifier: MIT
// @ts-check
// What the built DLLs import: each function stands in imports/imports.json, is in the SDK's import
// library of its DLL, and is declared for the Windows that the list says. The x64 libraries serve
// for ia32, too. Run by itself it takes --list FILE, another list, and prints what is wrong.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../clone.mjs';
import { main, ToolError } from '../command.mjs';
import { windowsSdkFolders } from '../setup/windows-sdk.mjs';
import { clangArguments, compile, compiler } from './clang.mjs';
import { readImportLibrary } from './imports/import-library.mjs';
import { importsOf, lateImportsOf } from './imports/image.mjs';
import { Report } from './report.mjs';

/**
 * @typedef {object} List
 * @property {{ windows: string, version: string, build: string, functions: Record<string, string[]> }[]} system
 *   by the Windows that they came with; `version` and `build` are what headers call it
 * @property {{ reason: string, functions: Record<string, string[]> }} notInLibrary
 * @property {{ reason: string, functions: Record<string, string[]> }} runtime
 * @property {{ reason: string, functions: Record<string, string[]> }} host
 */

const written = new URL('imports/imports.json', import.meta.url);

const architectures = ['x64', 'ia32'];
const host = 'node.exe';
/** Windows 10 1809, as headers call it: every import is to be there. */
const oldest = { version: 0x0a00, build: 0x0a000006 };

/** @param {string} architecture */
function binary(architecture) {
  const file = join(root, 'prebuilds', `win32-${architecture}`, 'dosvc.node');
  if (!existsSync(file)) throw new ToolError(`${file} is not built: npm run build -- all`);
  return file;
}

/** Node-API's functions: all that there are, and those of the version that the addon is built for. */
function nodeApi() {
  const { symbols } = createRequire(import.meta.url)('node-api-headers');
  const names = (/** @type {any} */ of) => [...of.js_native_api_symbols, ...of.node_api_symbols];
  return { all: Object.values(symbols).flatMap(names), v8: names(symbols.v8) };
}

/** @param {Record<string, string[]>} functions by library */
function pairs(functions) {
  return Object.entries(functions).flatMap(([library, names]) =>
    names.map((name) => `${library}: ${name}`),
  );
}

/** @returns {{ architecture: string, library: string, name: string }[]} */
function imported() {
  const { all } = nodeApi();
  return architectures.flatMap((architecture) => {
    const file = binary(architecture);
    const late = /** @type {const} */ ([host, [...new Set(lateImportsOf(file, all))]]);
    return [...importsOf(file), late].flatMap(([library, names]) =>
      names.map((name) => ({ architecture, library, name })),
    );
  });
}

/** The functions of the SDK's import library of a DLL. @param {string} library */
function offered(library) {
  const { libraries } = windowsSdkFolders();
  const wanted = library.replace(/\.dll$/, '.lib');
  const file = readdirSync(libraries).find((name) => name.toLowerCase() === wanted);
  return file === undefined ? new Map() : readImportLibrary(join(libraries, file));
}

/**
 * A system of that version has them, as far as the headers say.
 * @param {Report} report
 * @param {List} list
 */
async function checkVersions(report, list) {
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-imports-'));
  try {
    for (const { windows, version, build, functions } of list.system) {
      const names = Object.values(functions).flat();
      report.check(
        Number(version) <= oldest.version && Number(build) <= oldest.build,
        `imports.json: ${windows} is newer than Windows 10 1809`,
      );
      const file = join(folder, `${version}.cc`);
      const uses = names.map((name) => `static_assert(sizeof(&::${name}) != 0, "");`);
      const head = ['#include <windows.h>', '#include <objbase.h>', '#include <oleauto.h>'];
      writeFileSync(file, [...head, ...uses, ''].join('\n'));
      const { output } = await compile(compiler, [
        ...clangArguments('x86_64').filter((one) => !one.startsWith('-D_WIN32_WINNT')),
        ...[`-D_WIN32_WINNT=${version}`, `-DNTDDI_VERSION=${build}`],
        ...['-fsyntax-only', '-ferror-limit=0', '-fno-caret-diagnostics', file],
      ]);
      const errors = new Map(
        Array.from(output.matchAll(/\.cc:(\d+):\d+: error: (.*)/g), ([, line, said]) => [
          Number(line) - head.length - 1,
          said,
        ]),
      );
      if (errors.size === 0 && output.includes('error:')) throw new ToolError(output);
      for (const [at, name] of names.entries()) {
        const said = String(errors.get(at)).replace(/; did you mean .*/, '');
        report.check(!errors.has(at), `${name} is not declared for ${windows}: ${said}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string | URL} [file] the list
 * @returns {Promise<Report>}
 */
export async function imports(file = written) {
  const report = new Report();
  /** @type {List} */
  const list = JSON.parse(readFileSync(file, 'utf8'));
  const system = new Set(list.system.flatMap(({ functions }) => pairs(functions)));
  const notInLibrary = new Set(pairs(list.notInLibrary.functions));
  const others = new Set([list.runtime, list.host].flatMap(({ functions }) => pairs(functions)));
  const listed = new Set([...system, ...notInLibrary, ...others]);
  const found = imported();

  /** @type {Map<string, Map<string, string>>} */
  const libraries = new Map();
  for (const { architecture, library, name } of found) {
    const pair = `${library}: ${name}`;
    report.check(listed.has(pair), `${pair} (${architecture}) is imported, and not written down`);
    if (!system.has(pair)) continue;
    if (!libraries.has(library)) libraries.set(library, offered(library));
    const from = libraries.get(library)?.get(name);
    report.check(from === library, `${pair} (${architecture}) is not in the SDK's import library`);
  }
  const used = new Set(found.map(({ library, name }) => `${library}: ${name}`));
  for (const pair of listed) report.check(used.has(pair), `${pair} is written down, and unused`);
  const { v8 } = nodeApi();
  for (const name of list.host.functions[host] ?? []) {
    report.check(v8.includes(name), `${host}: ${name} is not in version 8 of Node-API`);
  }
  await checkVersions(report, list);
  return report;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { values } = parseArgs({ options: { list: { type: 'string' } } });
    const report = await imports(values.list);
    for (const fault of report.faults) console.error(fault);
    console.log(report.counts);
    return report.faults.length === 0 ? 0 : 1;
  });
}
