// SPDX-License-Identifier: MIT
// @ts-check
// Generates which version brought each interface, for the error of a service that lacks it.

import { banner } from './banner.mjs';

/** Every version that is supported has the interfaces of the first one. */
const first = 'BITS 1.0, Windows XP';

/** @param {import('./rows/rows.mjs').Row} row */
function words({ since, page }) {
  const [bits, windows] = since.match(/^(BITS [\d.]+), (.*)$/)?.slice(1) ?? [];
  if (windows !== undefined) return `${bits} (${windows})`;
  if (page === 'docs/bits.md') throw new Error(`native/spec/since.json: no version in ${since}`);
  return `Delivery Optimization of ${since}`;
}

/** @param {import('./rows/rows.mjs').Row[]} rows */
export function sinceModule(rows) {
  const later = rows.filter(({ called, since }) => called && since !== first);
  const versions = new Map(later.map((row) => [row.interface, words(row)]));
  return [
    ...banner('native/spec/since.json').map((line) => `// ${line}`),
    '//',
    '// The version that brought each interface that a service may lack.',
    '',
    'export const interfacesSince: Readonly<Record<string, string>> = {',
    ...[...versions].map(([name, version]) => `  ${name}: '${version}',`),
    '};',
    '',
  ].join('\n');
}
