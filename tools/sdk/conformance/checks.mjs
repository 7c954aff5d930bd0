// SPDX-License-Identifier: MIT
// @ts-check
// The checks that the compiler makes: our declarations, and the two records, against the SDK.

import { tableOf } from './tables.mjs';

/** @typedef {import('./declarations.mjs').Declarations} Declarations */
/** @typedef {import('./records.mjs').Records} Records */
/** @typedef {ReturnType<typeof import('./records.mjs').factsRecords>} Facts */
/** @typedef {import('./tables.mjs').Tables} Tables */
/** @typedef {import('./unit.mjs').Check} Check */

const abi = 'dosvc::abi::';

/**
 * The methods that an interface adds to its base.
 * @param {Tables} tables
 * @param {string} side
 * @param {string} name of the interface
 */
export function ownMethods(tables, side, name) {
  return tableOf(tables, side, name)
    .filter(({ owner }) => owner === name)
    .map((slot) => slot.name);
}

/**
 * @param {string[]} left
 * @param {string[]} right
 */
function inBoth(left, right) {
  return left.filter((name) => right.includes(name));
}

/**
 * @param {Declarations} ours
 * @param {Declarations} theirs
 * @param {Tables} tables
 * @returns {Check[]}
 */
export function interfaceChecks(ours, theirs, tables) {
  return inBoth(ours.interfaces, theirs.interfaces).flatMap((name) => {
    const iid = {
      name: `${name}: its IID`,
      condition: `Equal(${abi}kIidOf<${abi}${name}>, __uuidof(::${name}))`,
    };
    const methods = inBoth(ownMethods(tables, 'Ours', name), ownMethods(tables, 'Theirs', name));
    const signatures = methods.map((method) => ({
      name: `${name}::${method}: its signature`,
      condition: `kSame<decltype(&${abi}${name}::${method}), decltype(&::${name}::${method})>`,
    }));
    return [iid, ...signatures];
  });
}

const credentials = 'BG_AUTH_CREDENTIALS>().Credentials.Basic';
/** The only member of the only union that is unnamed in our declarations. */
const ofUnion = {
  name: 'BG_AUTH_CREDENTIALS.Credentials.Basic: its type',
  condition: `kSame<decltype(std::declval<${abi}${credentials}), decltype(std::declval<::${credentials})>`,
};

/**
 * @param {Declarations} ours
 * @param {Declarations} theirs
 * @returns {Check[]}
 */
export function structChecks(ours, theirs) {
  return inBoth([...ours.structs.keys()], [...theirs.structs.keys()]).flatMap((name) => {
    const fields = inBoth(ours.structs.get(name) ?? [], theirs.structs.get(name) ?? []);
    const whole = ['sizeof', 'alignof'].map((operator) => ({
      name: `${name}: its ${operator.replace('of', '')}`,
      condition: `${operator}(${abi}${name}) == ${operator}(::${name})`,
    }));
    const each = fields.flatMap((field) => [
      {
        name: `${name}.${field}: its offset`,
        condition: `__builtin_offsetof(${abi}${name}, ${field}) == __builtin_offsetof(::${name}, ${field})`,
      },
      {
        name: `${name}.${field}: its type`,
        condition: `kSameField<decltype(${abi}${name}::${field}), decltype(::${name}::${field})>`,
      },
    ]);
    return [...whole, ...each, ...(name === 'BG_AUTH_CREDENTIALS' ? [ofUnion] : [])];
  });
}

/**
 * @param {Declarations} ours
 * @param {Declarations} theirs
 * @returns {Check[]}
 */
export function enumChecks(ours, theirs) {
  return inBoth([...ours.enums.keys()], [...theirs.enums.keys()]).flatMap((name) => {
    const values = inBoth(ours.enums.get(name) ?? [], theirs.enums.get(name) ?? []);
    const type = {
      name: `${name}: its underlying type`,
      condition: `std::is_same_v<std::underlying_type_t<${abi}${name}>, std::underlying_type_t<::${name}>>`,
    };
    const each = values.map((value) => ({
      name: `${value}: its value`,
      condition: `static_cast<int>(${abi}${value}) == static_cast<int>(::${value})`,
    }));
    return [type, ...each];
  });
}

/**
 * @param {Declarations} ours
 * @param {Declarations} theirs
 * @returns {Check[]}
 */
export function constantChecks(ours, theirs) {
  const known = new Set([...theirs.macros, ...[...theirs.enums.values()].flat()]);
  return ours.macros
    .filter((name) => known.has(name))
    .map((name) => ({ name: `${name}: its value`, condition: isValue(name, `ours_${name}`) }));
}

/**
 * The SDK's numbers have various types, some of them signed. So a number of at most 32 bits may also
 * match as an unsigned number of 32 bits.
 * @param {string} name
 * @param {string} value
 */
function isValue(name, value) {
  const wide = `static_cast<unsigned long long>(${name}) == (${value})`;
  const narrow = `sizeof(${name}) <= 4 && static_cast<unsigned>(${name}) == (${value})`;
  return `${wide} || (${narrow})`;
}

/**
 * @param {Records} records
 * @param {(name: string) => boolean} isLacking whether our list says that the SDK lacks it
 * @returns {Check[]}
 */
export function recordChecks(records, isLacking) {
  const { where } = records;
  const enums = [...records.enums].filter(([name]) => !isLacking(name));
  const numbers = [
    ...enums.flatMap(([, values]) => [...values]),
    ...records.constants,
    ...records.facilities,
  ].map(([name, value]) => ({ name, condition: isValue(name, literal(value)) }));
  const codes = Array.from(records.codes, ([name, value]) => {
    const code = `0x${value.toString(16)}`;
    const raw = `static_cast<unsigned long>(${name})`;
    // Success codes are small numbers, too, but not Win32 codes to convert.
    return { name, condition: `${name.startsWith('S_') ? raw : `AsHresult(${raw})`} == ${code}` };
  });
  return [...numbers, ...codes]
    .filter(({ name }) => !isLacking(name))
    .map(({ name, condition }) => ({ name: `${where}: ${name}`, condition }));
}

/** @param {bigint} value */
function literal(value) {
  return value < 0n ? `static_cast<unsigned long long>(${String(value)})` : `${String(value)}ULL`;
}

/** @param {string} text XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX */
function guid(text) {
  const [first, second, third, ...rest] = text.split('-');
  const bytes = rest.join('').match(/../g) ?? [];
  return `GUID{0x${first}, 0x${second}, 0x${third}, {${bytes.map((byte) => `0x${byte}`).join(', ')}}}`;
}

/**
 * @param {Facts} facts
 * @param {Tables} tables
 * @returns {Check[]}
 */
export function factsInterfaceChecks(facts, tables) {
  return facts.interfaces
    .filter(({ name }) => tables.has(`Theirs_${name}`))
    .flatMap(({ name, iid, methods }) => {
      const here = `${facts.where}: ${name}`;
      const known = ownMethods(tables, 'Theirs', name);
      return [
        { name: `${here}: its IID`, condition: `Equal(${guid(iid)}, __uuidof(::${name}))` },
        ...methods
          .filter((method) => known.includes(method.name))
          .map((method) => ({
            name: `${here}::${method.name}: its signature`,
            condition: `std::is_same_v<HRESULT (STDMETHODCALLTYPE ::${name}::*)(${method.types.join(', ')}), decltype(&::${name}::${method.name})>`,
          })),
      ];
    });
}

/**
 * The facts give an array of variable length with its least number of elements, which is the length in
 * the declaration, and a union with its only member.
 * @param {string} where
 * @param {string} struct
 * @param {import('./records.mjs').Field} field
 * @returns {Check}
 */
function fieldCheck(where, struct, { type, name }) {
  const [, only, member] = /^union\{(.+) (\w+)\}$/.exec(type) ?? [];
  const path = member === undefined ? name : `${name}.${member}`;
  const own = (only ?? type).replace(/\[(\d+)\.\..*\]$/, '[$1]');
  return {
    name: `${where}: ${struct}.${name}: its type`,
    condition: `std::is_same_v<${own}, decltype(std::declval<::${struct}>().${path})>`,
  };
}

/**
 * @param {Facts} facts
 * @returns {Check[]}
 */
export function factsExpressionChecks({ where, expressions }) {
  return expressions.map(({ name, value }) => {
    const same = `${name} == (${value})`;
    return {
      name: `${where}: ${name}`,
      // A pointer made from a number is not a constant expression, but the compiler can evaluate it.
      condition: `std::is_same_v<decltype(${name}), decltype(${value})> && (__builtin_constant_p(${same}) ? ${same} : false)`,
    };
  });
}

/**
 * @param {Facts} facts
 * @param {Declarations} theirs
 * @returns {Check[]} for x64 only: the facts give its layouts
 */
export function factsStructChecks(facts, theirs) {
  return facts.structs
    .filter(({ name }) => theirs.structs.has(name))
    .flatMap(({ name, fields, size, offsets }) => [
      ...fields.map((field) => fieldCheck(facts.where, name, field)),
      {
        name: `${facts.where}: ${name}: its size`,
        condition: `sizeof(::${name}) == ${String(size)}`,
      },
      ...Object.entries(offsets).map(([field, offset]) => ({
        name: `${facts.where}: ${name}.${field}: its offset`,
        condition: `__builtin_offsetof(::${name}, ${field}) == ${String(offset)}`,
      })),
    ]);
}

/**
 * @param {string} where
 * @param {Map<string, string>} classes class ids by the names of their classes
 * @returns {Check[]}
 */
export function classChecks(where, classes) {
  return Array.from(classes, ([name, clsid]) => ({
    name: `${where}: the class ${name}`,
    condition: `Equal(${guid(clsid)}, __uuidof(::${name}))`,
  }));
}
