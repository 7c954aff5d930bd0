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

/**
 * @param {string} type
 * @param {{ name: string, meaning?: string }[]} literals
 */
const union = (type, literals) => [
  `export type ${type} =`,
  ...literals.flatMap(({ name, meaning }, at) => [
    ...(meaning === undefined ? [] : [`  /** ${meaning} */`]),
    `  | ${quoted(name)}${at === literals.length - 1 ? ';' : ''}`,
  ]),
];

/** @param {import('./spec.mjs').Said} words */
const said = ({ meaning, advice, blame, retryHelps }) => [
  `    meaning: ${quoted(meaning)},`,
  `    advice: ${quoted(advice)},`,
  `    blame: ${quoted(blame)},`,
  `    retryHelps: ${retryHelps},`,
];

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
    `/** ${e.meaning} */`,
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
  const advice = [...new Set(codes.map((code) => code.advice))];
  const rows = codes.map((code) =>
    [
      code.value.slice(2),
      code.names.join(' '),
      advice.indexOf(code.advice),
      code.blame,
      code.transient ? 'transient' : '',
      code.retryHelps ? 'retry' : '',
      (code.traits ?? []).join(' '),
      code.waitsFor ?? '',
      code.meaning,
    ].join('|'),
  );
  const failures = codes.filter(({ value }) => Number(value) >= 0x80000000);
  const failureNames = failures.flatMap(({ names }) => names.slice(0, 1));
  const reasons = [...new Set(codes.flatMap(({ waitsFor }) => waitsFor ?? []))];
  const classes = spec.groups.flatMap((group) => group.classes ?? []);
  return [
    ...head('native/spec/hresults/, blames.json, traits.json and facilities.json', [
      'Every HRESULT that the services document, with its names and what it means.',
    ]),
    '',
    ...union('Trait', spec.traits),
    '',
    '/** Where the cause of an error lies. */',
    ...union('Blame', spec.blames),
    '',
    '/** The first name of every HRESULT that is a failure. */',
    ...union(
      'HresultCode',
      failureNames.map((name) => ({ name })),
    ),
    '',
    '/** What a download waits for. */',
    `export type WaitReason = ${reasons.map(quoted).join(' | ')};`,
    '',
    '/** What is said of a code. */',
    'export interface Said {',
    '  readonly meaning: string;',
    '  /** What to do. */',
    '  readonly advice: string;',
    '  readonly blame: Blame;',
    '  /** Whether the same may succeed when it is tried again. */',
    '  readonly retryHelps: boolean;',
    '}',
    '',
    'export interface HresultInfo extends Said {',
    '  /** Every name of the value, best first: the first one is the `code` of an error. */',
    '  readonly names: readonly string[];',
    '  /** Whether the service waits and continues by itself. */',
    '  readonly transient: boolean;',
    '  readonly traits: readonly Trait[];',
    '  readonly waitsFor: WaitReason | undefined;',
    '}',
    '',
    '/** The facility of an HRESULT is its bits 16 to 26. */',
    'export const facilities = {',
    ...spec.facilities.flatMap((f) => f.names.map((name) => `  ${name}: ${f.value},`)),
    '} as const;',
    '',
    '/** Where the cause of a code that is not listed lies, by facility. */',
    'export const facilityBlames: Readonly<Partial<Record<number, Blame>>> = {',
    ...spec.facilities.map(({ value, blame }) => `  ${value}: ${quoted(blame)},`),
    '};',
    '',
    '/** What is said of an HTTP status that has no row; in the meaning, `{status}` is the number. */',
    'export const httpClasses: readonly ({ readonly from: number; readonly to: number } & Said)[] = [',
    ...classes.flatMap((c) => [
      '  {',
      `    from: ${c.from},`,
      `    to: ${c.to},`,
      ...said(c),
      '  },',
    ]),
    '];',
    '',
    '// One text per line; a row refers to its texts by number.',
    `const advices = \`${advice.join('\n')}\`;`,
    '',
    '// value|names|advice|blame|transient|retry|traits|what a download waits for|meaning',
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
    "      const [value = '', names = '', advice = '', blame = '', ...more] = row.split('|');",
    "      const [transient, retry, traits = '', waitsFor = '', meaning = ''] = more;",
    '      const info: HresultInfo = {',
    '        names: words(names),',
    '        meaning,',
    "        advice: texts[Number(advice)] ?? '',",
    '        blame: blame as Blame,',
    "        transient: transient !== '',",
    "        retryHelps: retry !== '',",
    '        traits: words(traits) as Trait[],',
    "        waitsFor: waitsFor === '' ? undefined : (waitsFor as WaitReason),",
    '      };',
    '      return [Number.parseInt(value, 16), info];',
    '    }),',
    '  );',
    '}',
    '',
    'function words(text: string): string[] {',
    "  return text === '' ? [] : text.split(' ');",
    '}',
    '',
  ].join('\n');
}

/** @param {Spec} spec */
export function ownCodesModule({ ownCodes }) {
  return [
    ...head('native/spec/own-codes.json', ["The package's own codes, and what is said of them."]),
    '',
    "import type { Said } from './hresults.js';",
    '',
    '/** The error codes of this package itself, in addition to those of the services. */',
    ...union(
      'OwnCode',
      ownCodes.map(({ code }) => ({ name: code })),
    ),
    '',
    'export const ownCodes: Readonly<Record<OwnCode, Said>> = {',
    ...ownCodes.flatMap((own) => [`  ${own.code}: {`, ...said(own), '  },']),
    '};',
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
