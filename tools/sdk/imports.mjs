// SPDX-License-Identifier: MIT
// @ts-check
// Checks what the built DLLs import: imports/imports.json lists each function with the minimum
// supported client that its page names, the SDK's import library of its DLL has it, and the headers
// declare it for Windows 10 1809. The headers alone do not suffice: they declare many functions for
// every version of Windows. The x64 libraries serve for ia32, too. Run by itself, it takes --list FILE,
// another list, and prints the faults.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../clone.mjs';
import { main, ToolError } from '../command.mjs';
import { PeImage } from '../pe-image.mjs';
import { windowsSdkFolders } from '../setup/windows-sdk.mjs';
import { clangArguments, compile, compiler } from './clang.mjs';
import { readImportLibrary } from './imports/import-library.mjs';
import { Report } from './report.mjs';

/**
 * @typedef {Record<string, string[]>} ByLibrary
 *
 * @typedef {object} List
 * @property {{ client: string, because?: string, functions: Record<string, Record<string, string[]>> }[]} system
 *   by the minimum supported client, by DLL, and by the header in the page's address:
 *   https://learn.microsoft.com/windows/win32/api/HEADER/nf-HEADER-FUNCTION. `because` is another
 *   source for the client, if the page names none
 * @property {{ reason: string, functions: ByLibrary }} notInLibrary
 * @property {{ reason: string, functions: ByLibrary }} runtime
 * @property {{ reason: string, functions: ByLibrary }} host
 */

const written = new URL('imports/imports.json', import.meta.url);

const architectures = ['x64', 'ia32'];
const host = 'node.exe';
/** Each list that no library of the SDK can confirm is for one DLL. */
const libraryOf = { notInLibrary: 'kernel32.dll', runtime: 'msvcrt.dll', host };
/** The documentation's names for Windows 10 1809 and before; every import must have been there. */
const oldest =
  /^Windows (NT .*|2000 Professional|XP.*|Vista|7|8(\.1)?|10(, version 1[5-7]\d\d|, version 180[39])?)$/;
/** Windows 10 1809, as the headers' NTDDI_VERSION. */
const oldestBuild = '0x0a000006';

/** @param {string} architecture */
function binary(architecture) {
  const file = join(root, 'prebuilds', `win32-${architecture}`, 'dosvc.node');
  if (!existsSync(file)) throw new ToolError(`${file} is not built: npm run build -- all`);
  return file;
}

/** Node-API's functions: all of them, and those of the version that the addon is built for. */
function nodeApi() {
  const { symbols } = createRequire(import.meta.url)('node-api-headers');
  const names = (/** @type {any} */ of) => [...of.js_native_api_symbols, ...of.node_api_symbols];
  return { all: Object.values(symbols).flatMap(names), v8: names(symbols.v8) };
}

/** The functions of the system, by DLL. @param {List} list @returns {ByLibrary[]} */
function systemFunctions(list) {
  return list.system.map(({ functions }) =>
    Object.fromEntries(
      Object.entries(functions).map(([library, pages]) => [library, Object.values(pages).flat()]),
    ),
  );
}

/** @param {ByLibrary} functions */
function pairs(functions) {
  return Object.entries(functions).flatMap(([library, names]) =>
    names.map((name) => `${library}: ${name}`),
  );
}

/** @returns {{ architecture: string, library: string, name: string }[]} */
function imported() {
  const { all } = nodeApi();
  return architectures.flatMap((architecture) => {
    const image = new PeImage(binary(architecture));
    const late = /** @type {const} */ ([host, [...new Set(image.lateImportsAmong(all))]]);
    return [...image.imports, late].flatMap(([library, names]) =>
      names.map((name) => ({ architecture, library, name })),
    );
  });
}

/** The functions in the SDK's import library for a DLL. @param {string} library */
function offered(library) {
  const { libraries } = windowsSdkFolders();
  const wanted = library.replace(/\.dll$/, '.lib');
  const file = readdirSync(libraries).find((name) => name.toLowerCase() === wanted);
  return file === undefined ? new Map() : readImportLibrary(join(libraries, file));
}

/**
 * Checks that Windows 10 1809 has the functions, by the documentation and as far as the headers say.
 * @param {Report} report
 * @param {List} list
 */
async function checkVersions(report, list) {
  for (const { client, functions } of list.system) {
    for (const name of Object.values(functions).flatMap((pages) => Object.values(pages).flat())) {
      report.check(
        oldest.test(client),
        `${name} requires ${client}, which is newer than Windows 10 1809`,
      );
    }
  }
  const names = systemFunctions(list).flatMap((functions) => Object.values(functions).flat());
  const folder = mkdtempSync(join(tmpdir(), 'dosvc-imports-'));
  try {
    const file = join(folder, 'imports.cc');
    const uses = names.map((name) => `static_assert(sizeof(&::${name}) != 0, "");`);
    const head = ['#include <windows.h>', '#include <objbase.h>', '#include <oleauto.h>'];
    writeFileSync(file, [...head, ...uses, ''].join('\n'));
    const { output } = await compile(compiler, [
      ...[...clangArguments('x86_64'), `-DNTDDI_VERSION=${oldestBuild}`],
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
      report.check(!errors.has(at), `${name} is not declared for Windows 10 1809: ${said}`);
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
  const system = new Set(systemFunctions(list).flatMap(pairs));
  const notInLibrary = new Set(pairs(list.notInLibrary.functions));
  const others = new Set([list.runtime, list.host].flatMap(({ functions }) => pairs(functions)));
  const listed = new Set([...system, ...notInLibrary, ...others]);
  const found = imported();

  for (const [part, library] of Object.entries(libraryOf)) {
    const { functions } = list[/** @type {keyof typeof libraryOf} */ (part)];
    for (const name of Object.keys(functions)) {
      report.check(
        name === library,
        `imports.json: ${part} lists functions of ${library}, not of ${name}`,
      );
    }
  }
  const kernel = offered(libraryOf.notInLibrary);
  for (const name of Object.values(list.notInLibrary.functions).flat()) {
    report.check(!kernel.has(name), `imports.json: ${name} is in the SDK's import library`);
  }

  /** @type {Map<string, Map<string, string>>} */
  const libraries = new Map();
  for (const { architecture, library, name } of found) {
    const pair = `${library}: ${name}`;
    report.check(listed.has(pair), `${pair} (${architecture}) is imported but not listed`);
    if (!system.has(pair)) continue;
    if (!libraries.has(library)) libraries.set(library, offered(library));
    const from = libraries.get(library)?.get(name);
    report.check(from === library, `${pair} (${architecture}) is not in the SDK's import library`);
  }
  const used = new Set(found.map(({ library, name }) => `${library}: ${name}`));
  for (const pair of listed) report.check(used.has(pair), `${pair} is listed but not imported`);
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
