// SPDX-License-Identifier: MIT
// @ts-check
// Reads the names that two sets of headers declare: Microsoft's and ours. Only names are read here;
// the compiler compares what they mean.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Declarations
 * @property {string[]} interfaces
 * @property {Map<string, string[]>} structs the names of their fields
 * @property {Map<string, string[]>} enums the names of their values
 * @property {string[]} macros
 * @property {string[]} classes
 */

/** The headers of the SDK that are compared. */
export const sdkHeaders = [
  ...['deliveryoptimization.h', 'deliveryoptimizationerrors.h', 'bits.h', 'bits1_5.h'],
  ...['bits2_0.h', 'bits2_5.h', 'bits3_0.h', 'bits4_0.h', 'bits5_0.h', 'bits10_1.h'],
  ...['bits10_2.h', 'bits10_3.h', 'bitsmsg.h'],
];

/** @param {string} text */
function withoutComments(text) {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/\/\/.*$/gm, '');
}

/**
 * The names that the statements of a body declare, without those in inner braces.
 * @param {string} body
 */
function fieldsOf(body) {
  const names = body
    .replaceAll(/\{[^{}]*\}/g, ' ')
    .split(';')
    .map((statement) => /(\w+)\s*(\[[^\]]*\])?\s*$/.exec(statement)?.[1]);
  return names.filter((name) => name !== undefined);
}

/** @param {string} body */
function valuesOf(body) {
  return Array.from(body.matchAll(/(?:^|,)\s*(\w+)\s*(?==|,|$)/g), ([, name = '']) => name);
}

/**
 * @param {string} text
 * @param {RegExp} pattern its first group is the name
 */
function all(text, pattern) {
  return Array.from(text.matchAll(pattern), ([, name = '']) => name);
}

/**
 * @param {string} text
 * @param {RegExp} pattern groups `name` and `body`
 * @param {(body: string) => string[]} parts
 * @returns {Map<string, string[]>}
 */
function bodies(text, pattern, parts) {
  return new Map(
    Array.from(text.matchAll(pattern), ({ groups }) => [
      groups?.name ?? '',
      parts(groups?.body ?? ''),
    ]),
  );
}

/**
 * The declarations that MIDL wrote into the SDK's headers.
 * @param {string} headers the SDK's folder
 * @returns {Declarations}
 */
export function theirDeclarations(headers) {
  const um = join(headers, 'um');
  const wanted = new Set(sdkHeaders);
  const text = readdirSync(um)
    .filter((name) => wanted.has(name.toLowerCase()))
    .map((name) => withoutComments(readFileSync(join(um, name), 'utf8')))
    .join('\n');
  const macros = all(text, /^[ \t]*#define[ \t]+((?:BG|BITS|DO)_\w+)[ \t]+\S/gm);
  return {
    interfaces: all(text, /MIDL_INTERFACE\("[-\w]+"\)\s+(\w+) : public/g),
    structs: bodies(
      text,
      /typedef\s+(?:struct|union) \w+\s*\{(?<body>[^{}]*)\}\s*(?<name>(?!\w+Vtbl\b)\w+)/g,
      fieldsOf,
    ),
    enums: bodies(text, /enum (?<tag>\w+)\s*\{(?<body>[^{}]*)\}\s*(?<name>\w+)/g, valuesOf),
    macros,
    classes: all(text, /EXTERN_C const CLSID CLSID_(\w+);/g),
  };
}

/** @param {string} folder */
function headersIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.h'))
    .sort();
}

/** Our headers with declarations to compare, as #include names them. @param {string} from */
export function ourHeaders(from) {
  return ['jobs', 'downloads'].flatMap((folder) =>
    headersIn(join(from, 'native', folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) =>
        readFileSync(join(from, 'native', path), 'utf8').includes('namespace dosvc::abi'),
      ),
  );
}

/**
 * @param {string} from the copy of the repository
 * @returns {Declarations}
 */
export function ourDeclarations(from) {
  const read = (/** @type {string} */ path) =>
    withoutComments(readFileSync(join(from, 'native', path), 'utf8'));
  const declared = ourHeaders(from).map(read).join('\n');
  const enums = read('generated/enums.h');
  const constants = ['enums', 'hresults', 'constants']
    .map((name) => read(`generated/${name}.h`))
    .join('\n');
  return {
    interfaces: all(declared, /struct (\w+) : \w+ \{/g),
    structs: bodies(
      declared,
      /(?:struct|union) (?<name>\w+) \{(?<body>(?:[^{}]|\{[^{}]*\})*)\};/g,
      fieldsOf,
    ),
    enums: bodies(enums, /enum (?<name>\w+) : int \{(?<body>[^{}]*)\}/g, valuesOf),
    macros: all(constants, /inline constexpr std::uint\d+_t (\w+) = /g),
    classes: [],
  };
}
