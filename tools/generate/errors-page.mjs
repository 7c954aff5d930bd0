// SPDX-License-Identifier: MIT
// @ts-check
//
// Generates docs/errors.md: every code with its meaning and what to do.

import { banner } from './banner.mjs';

/** @typedef {import('./spec.mjs').Spec} Spec */
/** @typedef {import('./spec.mjs').Group} Group */
/** @typedef {import('./spec.mjs').Code} Code */

/** @param {Code} code */
function row({ value, names: [name, ...others], meaning, advice = '', traits }) {
  const also = others.length > 0 ? ` (also ${others.map((n) => `\`${n}\``).join(', ')})` : '';
  return `| \`${value}\` | \`${name}\`${also} | ${meaning}${traits?.includes('transient') ? ' *Transient.*' : ''} | ${advice} |`;
}

/** @param {Group} group */
function section({ title, codes, classes = [] }) {
  return [
    `## ${title}`,
    '',
    '| Value | Code | Meaning | What to do |',
    '| --- | --- | --- | --- |',
    ...codes.map(row),
    ...classes.map((c) => {
      const value = `\`0x80190000\` + ${c.from} to ${c.to}`;
      return `| ${value} | | ${c.meaning.replace('{status}', '*status*')} | ${c.advice} |`;
    }),
    '',
  ];
}

/** The codes that users meet first. @param {Spec} spec */
function ownSection({ ownCodes }) {
  return [
    "## This package's own",
    '',
    '| Code | Meaning | What to do |',
    '| --- | --- | --- |',
    ...ownCodes.map(({ code, meaning, advice }) => `| \`${code}\` | ${meaning} | ${advice} |`),
    '',
  ];
}

/** @param {Spec} spec */
export function errorsPage(spec) {
  return [
    `<!-- ${banner('native/spec/')[0]} -->`,
    '<!-- prettier-ignore-start -->',
    '',
    '# Error codes',
    '',
    'A `DosvcError` carries the value as `hresult`, the code as `code`, every name as `names`, and',
    'the meaning and what to do in its `message`. A *transient* code resolves by itself: the',
    'service waits and continues. A value that is not listed is reported as a hexadecimal number.',
    '',
    ...ownSection(spec),
    ...spec.groups.flatMap(section),
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
}
