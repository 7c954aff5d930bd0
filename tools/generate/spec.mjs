// SPDX-License-Identifier: MIT
// @ts-check
//
// Reads native/spec/, the single source of truth, and applies the rule that gives an HRESULT its
// name. It rejects a spec that contradicts itself before anything is written.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {'delivery-optimization' | 'bits' | 'both'} Service */
/** @typedef {{ name: string, value: number | string, literal?: string, meaning: string }} Value */
/**
 * @typedef {object} Enum
 * @property {string} name COM's name
 * @property {Service} service
 * @property {'enum' | 'flags'} kind
 * @property {string} [typescript] the public type; without it the enum is not public
 * @property {false} [cpp] false if windows.h itself defines the names as macros
 * @property {string} meaning
 * @property {Value[]} values
 */
/** @typedef {{ value: number, names: string[], meaning: string, blame: string }} Facility */
/** @typedef {{ name: string, type: string, value: string, meaning: string }} Constant */
/** @typedef {{ name: string, meaning: string }} Trait */
/** @typedef {{ name: string, meaning: string }} Blame */
/**
 * @typedef {object} Said what is said of every code
 * @property {string} meaning
 * @property {string} advice
 * @property {string} blame
 * @property {boolean} retryHelps
 */
/**
 * @typedef {object} Row
 * @property {string} value
 * @property {string[]} names empty if Microsoft publishes none
 * @property {string} [reason] the reason phrase of an HTTP status, which the rule of its class completes
 * @property {boolean} [transient] whether the service waits and continues by itself
 * @property {string[]} [traits]
 * @property {string} [waitsFor] what a download waits for
 */
/** @typedef {Row & Said} Code */
/** @typedef {{ from: number, to: number } & Said} HttpClass in its meaning, `{status}` is the status */
/** @typedef {{ id: string, title: string, codes: Code[], classes?: HttpClass[] }} Group */
/** @typedef {{ code: string } & Said} OwnCode */
/**
 * @typedef {object} Spec
 * @property {Enum[]} enums
 * @property {Facility[]} facilities
 * @property {Constant[]} constants
 * @property {Trait[]} traits
 * @property {Blame[]} blames
 * @property {Group[]} groups
 * @property {OwnCode[]} ownCodes
 */

const FACILITY_WIN32 = 7;

/**
 * The rank of a name among the names of its value: the name with the lowest rank becomes `code`.
 * @param {string} name
 * @param {number} hresult
 */
function rank(name, hresult) {
  if (name.startsWith('DO_E_')) return 0;
  if (/^BG_[ES]_/.test(name)) return 1;
  if (name.startsWith('BITS_MC_')) return 4;
  const win32 = ((hresult >>> 16) & 0x7ff) === FACILITY_WIN32;
  return win32 && /^(ERROR|RPC_[SX])_/.test(name) ? 3 : 2;
}

/**
 * @param {string[]} names
 * @param {number} hresult
 */
export function bestFirst(names, hresult) {
  return [...names].sort((a, b) => rank(a, hresult) - rank(b, hresult));
}

/**
 * @param {Iterable<string>} words
 * @param {string} what
 */
function refuseRepeats(words, what) {
  const seen = new Set();
  for (const word of words) {
    if (seen.has(word)) throw new Error(`native/spec: ${what} ${word} is listed twice`);
    seen.add(word);
  }
}

/** @param {Group} group */
function settle(group) {
  for (const code of group.codes) {
    const hresult = Number(code.value);
    code.names = bestFirst(code.names, hresult);
    const status = hresult & 0xffff;
    const rule = group.classes?.find(({ from, to }) => from <= status && status <= to);
    if (rule === undefined) continue;
    if (code.reason !== undefined) {
      code.meaning ??= rule.meaning.replace('{status}', `${status} ${code.reason}`);
    }
    code.advice ??= rule.advice;
    code.blame ??= rule.blame;
    code.retryHelps ??= rule.retryHelps;
  }
  return group;
}

/**
 * @param {string} of
 * @param {Said} said
 * @param {string[]} blames
 */
function refuseGaps(of, { meaning, advice, blame, retryHelps }, blames) {
  const lacking = Object.entries({ meaning, advice, blame, retryHelps })
    .filter(([, value]) => value === undefined || value === '')
    .map(([field]) => field);
  if (lacking.length > 0) throw new Error(`native/spec: ${of} lacks ${lacking.join(', ')}`);
  if (!blames.includes(blame)) throw new Error(`native/spec: no such blame: ${blame}`);
}

/**
 * @param {string} root
 * @returns {Spec}
 */
export function readSpec(root) {
  const folder = join(root, 'native/spec');
  /** @param {string} file */
  const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const order = ['delivery-optimization', 'bits', 'http', 'com', 'win32', 'winhttp', 'bits-events'];
  const there = readdirSync(join(folder, 'hresults')).map((file) => file.replace(/\.json$/, ''));
  const groups = there
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((id) => settle({ id, ...read(`hresults/${id}.json`) }));
  const codes = groups.flatMap((group) => group.codes);
  /** @type {Enum[]} */
  const enums = read('enums.json');

  refuseRepeats(
    codes.map((code) => code.value),
    'the HRESULT',
  );
  refuseRepeats(
    codes.flatMap((code) => code.names),
    'the name',
  );
  refuseRepeats(
    enums.flatMap((e) => e.values.map((v) => v.name)),
    'the name',
  );
  /** @type {Trait[]} */
  const traits = read('traits.json');
  const knownTraits = traits.map(({ name }) => name);
  const unknown = codes
    .flatMap((code) => code.traits ?? [])
    .find((name) => !knownTraits.includes(name));
  if (unknown !== undefined) throw new Error(`native/spec: no such trait: ${unknown}`);
  /** @type {Blame[]} */
  const blames = read('blames.json');
  /** @type {OwnCode[]} */
  const ownCodes = read('own-codes.json');
  const knownBlames = blames.map(({ name }) => name);
  for (const code of codes) refuseGaps(code.value, code, knownBlames);
  for (const own of ownCodes) refuseGaps(own.code, own, knownBlames);
  return {
    enums,
    traits,
    blames,
    facilities: read('facilities.json'),
    constants: read('constants.json'),
    groups,
    ownCodes,
  };
}
