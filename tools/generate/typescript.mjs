// SPDX-License-Identifier: MIT
// @ts-check
//
// Generates the TypeScript side of native/spec/. The HRESULTs are one string, which costs a bundle
// only its bytes until the first error message is built.

import { banner } from './banner.mjs';

/** @typedef {import('./spec.mjs').Spec} Spec */
/** @typedef {import('./spec.mjs').Enum} Enum */

/**
 * @param {string} source
 * @param {string[]} about
 */
const head = (source, about) => [...banner(source), '', ...about].map((l) => `// ${l}`.trimEnd());

/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "\\'")}'`;

/** @param {string} literal */
const key = (literal) => (/^[a-z]\w*$/i.test(literal) ? literal : quoted(literal));

/** @param {string | number} value */
const number = (value) => (typeof value === 'string' ? value.toLowerCase() : String(value));

const services = { 'delivery-optimization': 'Delivery Optimization', bits: 'BITS', both: 'both' };

/** @param {Enum} e */
function table(e) {
  const type = e.typescript ?? '';
  const name = type.charAt(0).toLowerCase() + type.slice(1);
  // Two COM names with the same meaning share a literal, which is written once.
  const values = new Map(
    e.values.flatMap((v) => (v.literal === undefined ? [] : [[v.literal, v]])),
  );
  return [
    `/** ${e.meaning} (${e.name}, ${services[e.service]}) */`,
    `export const ${name} = {`,
    ...[...values].flatMap(([literal, v]) => [
      `  /** ${v.meaning} */`,
      `  ${key(literal)}: ${number(v.value)},`,
    ]),
    '} as const;',
    `export type ${type} = keyof typeof ${name};`,
    '',
  ];
}

/** @param {Spec} spec */
export function enumsModule(spec) {
  return [
    ...head('native/spec/enums.json', [
      'Enumerations and flag sets as the public API shows them: literal to number.',
    ]),
    '',
    '/** A literal, or the number of a value that this version does not know. */',
    'export type Open<T extends string> = T | number;',
    '',
    '/** The literal of a number. A number that is not in the table is returned unchanged. */',
    'export function literalOf<T extends string>(',
    '  table: Readonly<Record<T, number>>,',
    '  value: number,',
    '): Open<T> {',
    '  for (const literal in table) if (table[literal] === value) return literal;',
    '  return value;',
    '}',
    '',
    ...spec.enums.filter((e) => e.typescript !== undefined).flatMap(table),
  ].join('\n');
}

/** @param {Spec} spec */
export function hresultsModule(spec) {
  const codes = spec.groups.flatMap((group) => group.codes);
  const advice = [...new Set(codes.flatMap((code) => code.advice ?? []))];
  const rows = codes.map(({ value, names, traits = [], waitsFor = '', advice: text, meaning }) =>
    [
      value.slice(2),
      names.join(' '),
      text === undefined ? '' : advice.indexOf(text),
      traits.join(' '),
      waitsFor,
      meaning,
    ].join('|'),
  );
  const failures = codes.filter(({ value }) => Number(value) >= 0x80000000);
  const failureNames = failures.flatMap(({ names }) => names.slice(0, 1));
  const reasons = [...new Set(codes.flatMap(({ waitsFor }) => waitsFor ?? []))];
  const classes = spec.groups.flatMap((group) => group.classes ?? []);
  return [
    ...head('native/spec/hresults/, traits.json and facilities.json', [
      'Every HRESULT that the services document, with its names and what it means.',
    ]),
    '',
    'export type Trait =',
    ...spec.traits.flatMap(({ name, meaning }, at) => [
      `  /** ${meaning} */`,
      `  | ${quoted(name)}${at === spec.traits.length - 1 ? ';' : ''}`,
    ]),
    '',
    '/** The first name of every HRESULT that is a failure. */',
    'export type HresultCode =',
    ...failureNames.map(
      (name, at) => `  | ${quoted(name)}${at === failureNames.length - 1 ? ';' : ''}`,
    ),
    '',
    '/** What a download waits for. */',
    `export type WaitReason = ${reasons.map(quoted).join(' | ')};`,
    '',
    'export interface HresultInfo {',
    '  /** Every name of the value, best first: the first one is the `code` of an error. */',
    '  readonly names: readonly string[];',
    '  readonly meaning: string;',
    '  /** What to do. */',
    '  readonly advice: string | undefined;',
    '  readonly traits: readonly Trait[];',
    '  readonly waitsFor: WaitReason | undefined;',
    '}',
    '',
    '/** The facility of an HRESULT is its bits 16 to 26. */',
    'export const facilities = {',
    ...spec.facilities.flatMap((f) => f.names.map((name) => `  ${name}: ${f.value},`)),
    '} as const;',
    '',
    '/** The message for an HTTP status that has no row; `{status}` stands for the number. */',
    'export const httpClasses: readonly {',
    '  readonly from: number;',
    '  readonly to: number;',
    '  readonly meaning: string;',
    '  readonly advice: string;',
    '}[] = [',
    ...classes.flatMap((c) => [
      '  {',
      `    from: ${c.from},`,
      `    to: ${c.to},`,
      `    meaning: ${quoted(c.meaning)},`,
      `    advice: ${quoted(c.advice)},`,
      '  },',
    ]),
    '];',
    '',
    '// One text per line; a row refers to its texts by number.',
    `const advices = \`${advice.join('\n')}\`;`,
    '',
    '// value|names|advice|traits|what a download waits for|meaning',
    `const rows = \`${rows.join('\n')}\`;`,
    '',
    'let map: ReadonlyMap<number, HresultInfo> | undefined;',
    '',
    '/** The table, by unsigned value; built on first use. */',
    'export function hresults(): ReadonlyMap<number, HresultInfo> {',
    '  return (map ??= parse());',
    '}',
    '',
    'function parse(): ReadonlyMap<number, HresultInfo> {',
    "  const texts = advices.split('\\n');",
    '  return new Map(',
    "    rows.split('\\n').map((row) => {",
    "      const [value = '', names = '', advice = '', ...more] = row.split('|');",
    "      const [traits = '', waitsFor = '', meaning = ''] = more;",
    '      const info: HresultInfo = {',
    "        names: names.split(' '),",
    '        meaning,',
    "        advice: advice === '' ? undefined : texts[Number(advice)],",
    "        traits: traits === '' ? [] : (traits.split(' ') as Trait[]),",
    "        waitsFor: waitsFor === '' ? undefined : (waitsFor as WaitReason),",
    '      };',
    '      return [Number.parseInt(value, 16), info];',
    '    }),',
    '  );',
    '}',
    '',
  ].join('\n');
}

/** @param {Spec} spec */
export function constantsModule(spec) {
  return [
    ...head('native/spec/constants.json', [
      'Numbers with a meaning of their own in the two services.',
    ]),
    '',
    ...spec.constants.flatMap(({ name, type, value, meaning }) => [
      `/** ${meaning} */`,
      `export const ${name} = ${number(value)}${type === 'uint64' ? 'n' : ''};`,
    ]),
    '',
  ].join('\n');
}
