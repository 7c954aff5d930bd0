// SPDX-License-Identifier: MIT
// @ts-check
// Conformance: checks our declarations of the services' interfaces, and the two records of them,
// against the Windows SDK. Run by itself, it takes --root DIR, another copy of the repository's
// native/, test/facts/ and the exceptions in conformance/, and --target, and prints the faults.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../clone.mjs';
import { main, ToolError } from '../command.mjs';
import { setUpWindowsSdk } from '../setup.mjs';
import { windowsSdkFolders } from '../setup/windows-sdk.mjs';
import { clangArguments, compile, compiler, targets } from './clang.mjs';
import * as checks from './conformance/checks.mjs';
import * as complete from './conformance/completeness.mjs';
import {
  ourDeclarations,
  ourHeaders,
  sdkHeaders,
  theirDeclarations,
} from './conformance/declarations.mjs';
import { factsRecords, specRecords } from './conformance/records.mjs';
import { tablesOf } from './conformance/tables.mjs';
import { assertions, head, pairs, probes } from './conformance/unit.mjs';
import { Report } from './report.mjs';

/** @param {string} from */
function everything(from) {
  return {
    ours: ourDeclarations(from),
    theirs: theirDeclarations(windowsSdkFolders().headers),
    spec: specRecords(from),
    facts: factsRecords(from),
  };
}

/** @typedef {ReturnType<typeof everything>} Everything */

/** @param {Everything} all */
function pairedTypes({ ours, theirs }) {
  return [
    ...ours.interfaces.filter((name) => theirs.interfaces.includes(name)),
    ...[...ours.structs.keys()].filter((name) => theirs.structs.has(name)),
    ...[...ours.enums.keys()].filter((name) => theirs.enums.has(name)),
  ];
}

/**
 * @param {Everything} all
 * @param {import('./conformance/tables.mjs').Tables} tables
 * @param {string} target
 */
function checksOf({ ours, theirs, spec, facts }, tables, target) {
  const isLacking = (/** @type {string} */ name) => complete.lacking.has(name);
  return [
    ...checks.interfaceChecks(ours, theirs, tables),
    ...checks.structChecks(ours, theirs),
    ...checks.enumChecks(ours, theirs),
    ...checks.constantChecks(ours, theirs),
    ...checks.recordChecks(spec, isLacking),
    ...checks.recordChecks(facts, isLacking),
    ...checks.factsInterfaceChecks(facts, tables),
    ...checks.factsExpressionChecks(facts),
    ...checks.classChecks(facts.where, facts.classes),
    ...(target === 'x86_64' ? checks.factsStructChecks(facts, theirs) : []),
  ];
}

class Unit {
  #from;
  #all;
  #folder;
  #head;

  /**
   * @param {string} from
   * @param {Everything} all
   * @param {string} folder for the files to compile
   */
  constructor(from, all, folder) {
    this.#from = from;
    this.#all = all;
    this.#folder = folder;
    const { ours } = all;
    this.#head = head({ ourHeaders: ourHeaders(from), sdkHeaders, constants: ours.macros });
  }

  /**
   * @param {string} target
   * @param {string} text what follows the head
   * @param {string[]} args
   */
  #compile(target, text, ...args) {
    const file = join(this.#folder, `${target}.cc`);
    writeFileSync(file, `${this.#head}\n${text}\n`);
    const own = [
      '-I',
      join(root, 'tools', 'sdk', 'conformance'),
      '-Wno-unused-const-variable',
      '-Wno-language-extension-token',
    ];
    return compile(compiler, [...clangArguments(target, this.#from), ...own, ...args, file]);
  }

  /** @param {string} target */
  async tables(target) {
    const { ours, theirs } = this.#all;
    const list = probes({
      Ours: ours.interfaces,
      Theirs: [...theirs.interfaces, ...complete.system],
    });
    const text = list.map(({ definition }) => definition).join('\n');
    const dump = [
      '-Xclang',
      '-fdump-vtable-layouts',
      '-c',
      '-o',
      join(this.#folder, `${target}.o`),
    ];
    const { status, output } = await this.#compile(target, text, ...dump);
    if (status !== 0) throw new ToolError(output);
    return tablesOf(
      output,
      list.map(({ name }) => name),
    );
  }

  /**
   * @param {Report} report
   * @param {string} target
   * @param {import('./conformance/unit.mjs').Check[]} list
   */
  async check(report, target, list) {
    const text = `${pairs(pairedTypes(this.#all))}${assertions(list)}`;
    const before = `${this.#head}\n${text}`.split('\n').length - list.length;
    const flags = ['-fsyntax-only', '-ferror-limit=0', '-fno-caret-diagnostics'];
    const { output } = await this.#compile(target, text, ...flags);
    /** @type {Map<number, string>} */
    const failed = new Map();
    for (const line of output.split('\n')) {
      const [, file, number, message] = /^(.+?):(\d+):\d+: (?:fatal )?error: (.*)/.exec(line) ?? [];
      if (file === undefined) continue;
      const at = Number(number) - before - 1;
      if (!file.endsWith(`${target}.cc`) || list[at] === undefined) throw new ToolError(output);
      failed.set(at, String(message).replace(/; did you mean .*/, ''));
    }
    for (const [at, { name }] of list.entries()) {
      const said = failed.get(at) ?? '';
      const why = said.startsWith('static_assert') ? 'differs from the SDK' : said;
      report.check(!failed.has(at), `${name}: ${why} (${target})`);
    }
  }
}

/**
 * @param {{ from?: string, only?: string[] }} [options]
 * @returns {Promise<Report>}
 */
export async function conformance({ from = root, only = targets } = {}) {
  const report = new Report();
  const all = everything(from);
  complete.readReasons(from);
  const { ours, theirs, spec, facts } = all;
  complete.compareDeclarations(report, ours, theirs);
  complete.compareRecords(report, spec, theirs);
  complete.compareRecords(report, facts, theirs);
  complete.compareFacts(report, facts, theirs);
  complete.compareReasons(report, ours, theirs, spec, facts);

  const folder = mkdtempSync(join(tmpdir(), 'dosvc-sdk-'));
  try {
    const unit = new Unit(from, all, folder);
    const common = ours.interfaces.filter((name) => theirs.interfaces.includes(name));
    const each = only.map(async (target) => {
      const found = new Report();
      const tables = await unit.tables(target);
      complete.compareTables(found, target, common, tables);
      if (target === only[0]) {
        complete.compareFactsTables(found, facts, tables);
        complete.compareFactsMethods(found, facts, tables);
      }
      await unit.check(found, target, checksOf(all, tables, target));
      return found;
    });
    for (const found of await Promise.all(each)) report.add(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { values } = parseArgs({
      options: { root: { type: 'string', default: root }, target: { type: 'string' } },
    });
    await setUpWindowsSdk();
    const only = values.target === undefined ? targets : [values.target];
    const report = await conformance({ from: values.root, only });
    for (const fault of report.faults) console.error(fault);
    console.log(report.counts);
    return report.faults.length === 0 ? 0 : 1;
  });
}
