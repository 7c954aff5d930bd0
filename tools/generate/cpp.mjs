// SPDX-License-Identifier: MIT
// @ts-check
//
// Generates the C++ side of native/spec/. System headers define many of these names as macros, and may
// be included first, so each generated header sets those macros aside for its own length. The
// generated headers need no windows.h.

import { banner } from './banner.mjs';

/** @typedef {import('./spec.mjs').Spec} Spec */
/** @typedef {import('./spec.mjs').Enum} Enum */
/** @typedef {{ type: string, name: string, value: string | number, meaning?: string }} Constant */

const MAX_INT = 0x7fffffff;

/** @param {Enum} e */
const isEnum = (e) => e.kind === 'enum' && e.values.every((v) => Number(v.value) <= MAX_INT);

/** @param {Constant} constant */
function constexpr({ type, name, value, meaning }) {
  return [
    ...(meaning ? [`// ${meaning}`] : []),
    `inline constexpr std::${type}_t ${name} = ${value};`,
  ];
}

/**
 * @param {string} source
 * @param {string[]} about
 * @param {string[]} macros
 * @param {string[]} body
 */
function header(source, about, macros, body) {
  return [
    ...banner(source).map((line) => `// ${line}`),
    '//',
    ...about.map((line) => `// ${line}`),
    '',
    '#pragma once',
    '',
    '#include <cstdint>',
    '',
    ...macros.flatMap((name) => [`#pragma push_macro("${name}")`, `#undef ${name}`]),
    '',
    'namespace dosvc::abi {',
    '',
    ...body,
    '',
    '}  // namespace dosvc::abi',
    '',
    ...macros.map((name) => `#pragma pop_macro("${name}")`),
    '',
  ].join('\n');
}

/** @param {Spec} spec */
export function enumsHeader(spec) {
  const shown = spec.enums.filter((e) => e.cpp !== false);
  const body = shown.map((e) =>
    isEnum(e)
      ? [
          `// ${e.meaning}`,
          `enum ${e.name} : int {`,
          ...e.values.map((v) => `  ${v.name} = ${v.value},`),
          '};',
        ]
      : [
          `// ${e.name}: ${e.meaning}`,
          ...e.values.flatMap((v) => constexpr({ type: 'uint32', name: v.name, value: v.value })),
        ],
  );
  return header(
    'native/spec/enums.json',
    [
      'Enumerations and flag sets of both services, under their COM names. An enum is an int on every',
      'compiler; a flag set is a row of constants.',
    ],
    shown.filter((e) => !isEnum(e)).flatMap((e) => e.values.map((v) => v.name)),
    body.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines])),
  );
}

/** @param {Spec} spec */
export function hresultsHeader(spec) {
  const codes = spec.groups
    .filter((group) => ['delivery-optimization', 'bits'].includes(group.id))
    .flatMap((group) => group.codes)
    .flatMap(({ names: [name], value }) =>
      name === undefined ? [] : [{ type: 'uint32', name, value }],
    );
  return header(
    'native/spec/hresults/',
    [
      'The HRESULTs of Delivery Optimization and of BITS, unsigned, under their documented names.',
      'Those of COM and Windows are in winerror.h.',
    ],
    codes.map((code) => code.name),
    codes.flatMap(constexpr),
  );
}

/** @param {Spec} spec */
export function constantsHeader(spec) {
  return header(
    'native/spec/constants.json',
    [
      'Numbers that mean something to the two services. No C++ source needs them; they let check:sdk',
      'compare the spec from which lib/generated/ is made with the Windows SDK.',
    ],
    spec.constants.map((constant) => constant.name),
    spec.constants.flatMap(constexpr),
  );
}
