// SPDX-License-Identifier: MIT
// @ts-check
// Reads what native/spec/ and test/facts/facts.json record about the two services, by name.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ name: string, slot: number, types: string[] }} Method
 * @typedef {{ name: string, iid: string, base: string, methods: Method[] }} Interface
 * @typedef {{ type: string, name: string }} Field
 * @typedef {{ name: string, fields: Field[], size: number, offsets: Record<string, number> }} Struct
 *
 * @typedef {object} Records
 * @property {string} where
 * @property {Map<string, Map<string, bigint>>} enums
 * @property {Map<string, bigint>} codes HRESULTs
 * @property {Map<string, bigint>} constants
 * @property {Map<string, bigint>} facilities
 */

/**
 * @param {string} from the copy of the repository
 * @param {string} path
 */
function json(from, path) {
  return JSON.parse(readFileSync(join(from, path), 'utf8'));
}

/** @typedef {{ name: string, value: string | number }} Named */

/** @param {Named[]} list */
function values(list) {
  return new Map(list.map(({ name, value }) => [name, BigInt(value)]));
}

/** @param {{ name: string, values: Named[] }[]} list */
function enums(list) {
  return new Map(list.map((one) => [one.name, values(one.values)]));
}

/** @typedef {{ value: string | number, names: string[] }} Code */

/** @param {Code[]} list */
function byName(list) {
  return values(list.flatMap(({ value, names }) => names.map((name) => ({ name, value }))));
}

/**
 * @param {string} from
 * @returns {Records}
 */
export function specRecords(from) {
  const folder = 'native/spec/hresults';
  const codes = readdirSync(join(from, folder)).flatMap(
    (name) => json(from, `${folder}/${name}`).codes,
  );
  return {
    where: 'native/spec',
    enums: enums(json(from, 'native/spec/enums.json')),
    codes: byName(codes),
    constants: values(json(from, 'native/spec/constants.json')),
    facilities: byName(json(from, 'native/spec/facilities.json')),
  };
}

/** Reduces HRESULT_FROM_WIN32(NAME) to NAME. @param {string} name */
function bare(name) {
  return /^HRESULT_FROM_WIN32\((\w+)\)$/.exec(name)?.[1] ?? name;
}

const number = /^-?(0x)?[\da-f]+(?= |$)/i;

/** The constants whose value is a number, without the text that may follow it. @param {Named[]} list */
function numbers(list) {
  return list.flatMap(({ name, value }) => {
    const [found] = number.exec(String(value)) ?? [];
    return found === undefined ? [] : [{ name, value: found }];
  });
}

/**
 * The other constants, which are expressions. Lists of keys, which have no name, are left out.
 * @param {Named[]} list
 */
function expressions(list) {
  return list
    .filter(({ name, value }) => /^\w+$/.test(name) && !number.test(String(value)))
    .map(({ name, value }) => ({ name, value: String(value) }));
}

/**
 * @param {string} from
 * @returns {Records & {
 *   expressions: { name: string, value: string }[],
 *   interfaces: Interface[],
 *   structs: Struct[],
 *   classes: Map<string, string>,
 * }}
 */
export function factsRecords(from) {
  const facts = json(from, 'test/facts/facts.json');
  return {
    where: 'test/facts/facts.json',
    enums: enums(facts.enums),
    codes: values(
      facts.hresults.map((/** @type {Named} */ one) => ({ ...one, name: bare(one.name) })),
    ),
    constants: values(numbers(facts.constants)),
    expressions: expressions(facts.constants),
    facilities: byName(
      facts.facilities.map((/** @type {Named} */ { name, value }) => ({
        value,
        names: name.split('/').map((part, at) => (at === 0 ? part : `FACILITY_${part}`)),
      })),
    ),
    interfaces: facts.interfaces.map((/** @type {any} */ { name, iid, base, vtable }) => ({
      name,
      iid,
      base,
      methods: vtable.map((/** @type {any} */ method) => ({
        name: method.name,
        slot: method.slot,
        types: method.params.map((/** @type {any} */ { type }) => type),
      })),
    })),
    structs: facts.structs.map((/** @type {any} */ one) => ({
      name: one.name,
      fields: one.fields.map((/** @type {string[]} */ [type, name]) => ({ type, name })),
      size: one.size_x64,
      offsets: one.offsets ?? {},
    })),
    classes: new Map(
      facts.clsids.map((/** @type {any} */ { name, clsid }) => [
        name.replace(/^CLSID_(\w+).*/, '$1'),
        clsid,
      ]),
    ),
  };
}
