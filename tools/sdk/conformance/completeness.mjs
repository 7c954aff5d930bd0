// SPDX-License-Identifier: MIT
// @ts-check
// Checks completeness in both directions: we have everything that the SDK has, and the SDK has
// everything that we have. reasons.json lists the exceptions, each with its reason or its page.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from './tables.mjs';

/** @typedef {import('./declarations.mjs').Declarations} Declarations */
/** @typedef {import('./records.mjs').Records} Records */
/** @typedef {ReturnType<typeof import('./records.mjs').factsRecords>} Facts */
/** @typedef {import('./tables.mjs').Tables} Tables */
/** @typedef {import('../report.mjs').Report} Report */

/** Names that no header of the SDK has, with their pages: they rest on documentation alone. */
export const lacking = new Map();
/** Names of the SDK that we leave out. */
const unwanted = new Set();

/** @param {string} from the copy of the repository */
export function readReasons(from) {
  const file = join(from, 'tools', 'sdk', 'conformance', 'reasons.json');
  /** @type {{ lacking: { page: string, names: string[] }[], unwanted: { reason: string, names: string[] }[] }} */
  const reasons = JSON.parse(readFileSync(file, 'utf8'));
  for (const { page, names } of reasons.lacking) {
    for (const name of names) lacking.set(name, page);
  }
  for (const name of reasons.unwanted.flatMap(({ names }) => names)) unwanted.add(name);
}

/**
 * Checks that we have every name of the SDK.
 * @param {Report} report
 * @param {string} where
 * @param {string} kind
 * @param {Iterable<string>} theirs
 * @param {Iterable<string>} ours
 */
function covers(report, where, kind, theirs, ours) {
  const known = new Set(ours);
  for (const name of theirs) {
    if (unwanted.has(name)) continue;
    report.check(known.has(name), `${where} lacks ${kind} ${name}, which the SDK has`);
  }
}

/**
 * Checks that the SDK has every name of ours.
 * @param {Report} report
 * @param {string} where
 * @param {string} kind
 * @param {Iterable<string>} ours
 * @param {Iterable<string>} theirs
 */
function isCovered(report, where, kind, ours, theirs) {
  const known = new Set(theirs);
  for (const name of ours) {
    if (lacking.has(name)) continue;
    report.check(known.has(name), `${where} has ${kind} ${name}, which the SDK lacks`);
  }
}

/** HTTP statuses and entries of the event log: no C++ needs them, so only lib/ has them. */
const forLibrary = /^(BG_E_HTTP_ERROR|BITS_MC)_/;

/**
 * @param {Report} report
 * @param {Declarations} ours
 * @param {Declarations} theirs
 */
export function compareDeclarations(report, ours, theirs) {
  const where = 'native/';
  covers(report, where, 'the interface', theirs.interfaces, ours.interfaces);
  isCovered(report, where, 'the interface', ours.interfaces, theirs.interfaces);
  for (const kind of /** @type {const} */ (['structs', 'enums'])) {
    const name = `the ${kind.slice(0, -1)}`;
    const known = [...ours[kind].keys(), ...flagSets(ours, theirs)];
    covers(report, where, name, theirs[kind].keys(), known);
    isCovered(report, where, name, ours[kind].keys(), theirs[kind].keys());
    for (const [key, parts] of theirs[kind]) {
      const own = ours[kind].get(key);
      if (own === undefined) continue;
      covers(report, where, `in ${key}`, parts, own);
      isCovered(report, where, `in ${key}`, own, parts);
    }
  }
  const macros = theirs.macros.filter((name) => !forLibrary.test(name));
  covers(report, where, 'the constant', macros, namesOf(ours));
  isCovered(report, where, 'the constant', ours.macros, namesOf(theirs));
}

/**
 * Enums of the SDK whose values are constants in our headers, because they are flags.
 * @param {Declarations} ours
 * @param {Declarations} theirs
 */
function flagSets(ours, theirs) {
  return [...theirs.enums]
    .filter(([, values]) => values.every((value) => ours.macros.includes(value)))
    .map(([name]) => name);
}

/**
 * @param {Report} report
 * @param {Records} records
 * @param {Declarations} theirs
 */
export function compareRecords(report, records, theirs) {
  const { where, enums, codes, constants } = records;
  const values = [...enums.values()].flatMap((one) => [...one.keys()]);
  covers(report, where, 'the constant', theirs.macros, [
    ...values,
    ...codes.keys(),
    ...constants.keys(),
  ]);
  covers(report, where, 'the enum', theirs.enums.keys(), enums.keys());
  for (const [name, parts] of theirs.enums) {
    const own = enums.get(name)?.keys() ?? [];
    covers(report, where, `in ${name}`, parts, own);
    isCovered(report, where, `in ${name}`, own, parts);
  }
}

/**
 * @param {Report} report
 * @param {Facts} facts
 * @param {Declarations} theirs
 */
export function compareFacts(report, facts, theirs) {
  const { where, interfaces, structs, classes } = facts;
  const names = interfaces.map(({ name }) => name);
  covers(report, where, 'the interface', theirs.interfaces, names);
  isCovered(report, where, 'the interface', names, [...theirs.interfaces, ...system]);
  covers(
    report,
    where,
    'the struct',
    theirs.structs.keys(),
    structs.map(({ name }) => name),
  );
  for (const { name, fields } of structs) {
    const known = theirs.structs.get(name);
    isCovered(report, where, 'the struct', [name], known ? [name] : []);
    if (known === undefined) continue;
    const own = String(fields.map((field) => field.name));
    report.check(
      String(known) === own,
      `${where}: ${name} has the fields ${own}, but in the SDK ${String(known)}`,
    );
  }
  covers(report, where, 'the class', theirs.classes, classes.keys());
  isCovered(report, where, 'the class', classes.keys(), theirs.classes);
}

/** Interfaces of COM itself that the services hand out. */
export const system = ['IEnumUnknown'];

/** @param {Declarations} declarations */
function namesOf({ interfaces, macros, structs, enums }) {
  const values = [...enums.values()].flat();
  return [...interfaces, ...macros, ...structs.keys(), ...enums.keys(), ...values];
}

/**
 * Checks that every entry of reasons.json is true.
 * @param {Report} report
 * @param {Declarations} ours
 * @param {Declarations} theirs
 * @param {Records} spec
 * @param {Facts} facts
 */
export function compareReasons(report, ours, theirs, spec, facts) {
  const inSdk = new Set(namesOf(theirs));
  const own = new Set(namesOf(ours));
  const recorded = new Set([
    ...[...spec.codes.keys(), ...facts.enums.keys()],
    ...facts.interfaces.map(({ name }) => name),
  ]);
  for (const name of lacking.keys()) {
    report.check(
      !inSdk.has(name),
      `reasons.json says that the SDK lacks ${name}, but the SDK has it`,
    );
    report.check(
      own.has(name) || recorded.has(name),
      `reasons.json says that the SDK lacks ${name}, which we do not have either`,
    );
  }
  for (const name of unwanted) {
    report.check(inSdk.has(name), `reasons.json leaves out ${name}, which the SDK does not have`);
    report.check(!own.has(name), `reasons.json leaves out ${name}, and native/ has it`);
  }
}

/**
 * Compares the tables slot by slot, in the order in which the compiler lays them out.
 * @param {Report} report
 * @param {string} target
 * @param {string[]} names
 * @param {Tables} tables
 */
export function compareTables(report, target, names, tables) {
  for (const name of names) {
    const ours = tableOf(tables, 'Ours', name);
    const theirs = tableOf(tables, 'Theirs', name);
    for (let slot = 0; slot < Math.max(ours.length, theirs.length); ++slot) {
      const [own, other] = [ours[slot], theirs[slot]].map(
        (one) => one && `${one.owner}::${one.name}`,
      );
      report.check(
        own === other,
        `${name}: slot ${String(slot)} is ${String(own)}, but in the SDK ${String(other)} (${target})`,
      );
    }
  }
}

/**
 * @param {Report} report
 * @param {Facts} facts
 * @param {Tables} tables
 */
export function compareFactsTables(report, facts, tables) {
  for (const { name, base, methods } of facts.interfaces) {
    const table = tables.get(`Theirs_${name}`);
    if (table === undefined) continue;
    const inherited = table.findLast(({ owner }) => owner !== name)?.owner;
    report.check(
      inherited === base,
      `${facts.where}: ${name}: its base is ${base}, but in the SDK ${String(inherited)}`,
    );
    for (const method of methods) {
      const found = table[method.slot]?.name;
      report.check(
        found === method.name,
        `${facts.where}: ${name}: slot ${String(method.slot)} is ${method.name}, but in the SDK ${String(found)}`,
      );
    }
  }
}

/**
 * The facts cover both services and list some interfaces twice, once only in part, so the methods of
 * all the entries count.
 * @param {Report} report
 * @param {Facts} facts
 * @param {Tables} tables
 */
export function compareFactsMethods(report, facts, tables) {
  for (const [probe, table] of tables) {
    const name = probe.replace(/^Theirs_/, '');
    if (name === probe) continue;
    const known = facts.interfaces
      .filter((one) => one.name === name)
      .flatMap(({ methods }) => methods.map((method) => method.name));
    const own = table.filter(({ owner }) => owner === name).map((slot) => slot.name);
    covers(report, facts.where, `in ${name} the method`, own, known);
  }
}
