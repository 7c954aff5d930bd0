// SPDX-License-Identifier: MIT
// @ts-check
//
// Generates docs/errors.md: every code with its meaning, what to do, where the cause lies and whether
// trying again helps.

import { banner } from './banner.mjs';

/** @typedef {import('./spec.mjs').Spec} Spec */
/** @typedef {import('./spec.mjs').Group} Group */
/** @typedef {import('./spec.mjs').Code} Code */
/** @typedef {import('./spec.mjs').Said} Said */

const said = 'Meaning | What to do | Blame | Retry |';
const line = '--- | --- | --- | --- |';

/** @param {Said & { transient?: boolean }} code */
const words = ({ meaning, advice, blame, retryHelps, transient }) =>
  `${meaning}${transient ? ' *Transient.*' : ''} | ${advice} | ${blame} | ${retryHelps ? 'helps' : ''} |`;

/**
 * @param {Spec} spec
 * @param {Code} code
 */
function row({ facilities }, code) {
  const [name, ...others] = code.names;
  const also = others.length > 0 ? ` (also ${others.map((n) => `\`${n}\``).join(', ')})` : '';
  const of = facilities.find(({ value }) => value === ((Number(code.value) >>> 16) & 0x7ff));
  const named = name === undefined ? `no name (\`${of?.names[0]}\`)` : `\`${name}\`${also}`;
  return `| \`${code.value}\` | ${named} | ${words(code)}`;
}

/**
 * @param {Spec} spec
 * @param {Group} group
 */
function section(spec, { title, codes, classes = [] }) {
  return [
    `## ${title}`,
    '',
    `| Value | Code | ${said}`,
    `| --- | --- | ${line}`,
    ...codes.map((code) => row(spec, code)),
    ...classes.map((c) => {
      const value = `\`0x80190000\` + ${c.from} to ${c.to}`;
      return `| ${value} | | ${words({ ...c, meaning: c.meaning.replace('{status}', '*status*') })}`;
    }),
    '',
  ];
}

/** The codes that users meet first. @param {Spec} spec */
function ownSection({ ownCodes }) {
  return [
    "## This package's own",
    '',
    `| Code | ${said}`,
    `| --- | ${line}`,
    ...ownCodes.map((own) => `| \`${own.code}\` | ${words(own)}`),
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
    'A `DosvcError` carries the value as `hresult`, the code as `code`, every name as `names`, the',
    'meaning and what to do in its `message`, and where the cause lies as `blame`.',
    '',
    '| Blame | Where the cause lies |',
    '| --- | --- |',
    ...spec.blames.map(({ name, meaning }) => `| \`${name}\` | ${meaning} |`),
    '',
    'A *transient* code resolves by itself: the service waits and continues. The error of a job or a',
    'download is `transient` while the service waits, whatever its code. In the column *Retry*, *helps*',
    'means that the same may succeed when you try it again, now or later, with nothing else changed.',
    'Whether one call is safe to repeat is another question: `retryable` answers it.',
    '',
    '## Explain a code',
    '',
    '`explain()` looks up a code as it is found in a log, on any operating system:',
    '',
    '```js',
    "import { explain } from 'dosvc';",
    '',
    "console.log(explain('Installation failed: -2133839870'));",
    '```',
    '',
    '```text',
    '{',
    "  code: 'DO_E_NO_DOWNLOAD_EXTSETTINGS',",
    "  names: [ 'DO_E_NO_DOWNLOAD_EXTSETTINGS' ],",
    '  hresult: 2161127426,',
    "  facility: 'FACILITY_DELIVERY_OPTIMIZATION',",
    "  meaning: 'User or administrator settings forbid the download.',",
    "  advice: 'Ask the administrator about the Delivery Optimization policy of this machine, or download by other means.',",
    "  blame: 'policy',",
    '  transient: false,',
    '  retryHelps: false',
    '}',
    '```',
    '',
    'It accepts:',
    '',
    '- A number: an HRESULT of either sign. A number from 2 to 65,535 is an HTTP status if it lies',
    '  between 300 and 599, and otherwise a Windows error code: 112 is `ERROR_DISK_FULL`, 12007 is',
    '  `ERROR_WINHTTP_NAME_NOT_RESOLVED`.',
    '- A text that contains a code: hexadecimal with or without `0x`, decimal, or a name, in any case. Of',
    '  several codes, it explains the first failure that is listed here, otherwise the first one. A small',
    '  decimal number counts only if it is the whole text.',
    '- An error: its `hresult`, its `code`, or the code in its message or in its `cause`. Of a `DosvcError`',
    "  it returns the error's own `blame` and `transient`. What `toJSON()` returned works, too.",
    '',
    'It returns `null` if there is no code, and never throws. The result contains nothing of the text',
    'except the code. A value that is not listed has its hexadecimal form as its `code`, and its facility;',
    "on Windows, its `meaning` is the system's own text. What to do is then unknown: `advice` is `null`,",
    'and `retryHelps` is `false`.',
    '',
    ...ownSection(spec),
    ...spec.groups.flatMap((group) => section(spec, group)),
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
}
