// SPDX-License-Identifier: MIT
// @ts-check
// Every method of the interfaces, from what Microsoft publishes, in the order of the interfaces' versions.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../markdown.mjs';

/**
 * @typedef {object} Row a method
 * @property {string} address
 * @property {string} interface
 * @property {boolean} called false if a service calls it, on an object of ours
 * @property {string} since
 * @property {Page} page where it is listed
 *
 * @typedef {'docs/bits.md' | 'docs/jobs.md' | 'docs/downloads.md'} Page
 *
 * @typedef {object} Interface in test/facts/facts.json
 * @property {string} name
 * @property {string} service
 * @property {string} [header]
 * @property {string} [min_os]
 * @property {boolean} [client_implements]
 * @property {{ slot: number | null, name: string }[]} vtable
 */

/** Its IID was never published; for services; the base of another, with the same methods. */
const uncalled = new Set([
  'IDODownloadInternal',
  'AsyncIBackgroundCopyCallback',
  'IDeliveryOptimizationFile',
]);
/** What a stream implements for a service is an interface of Windows itself. @type {Row} */
const write = {
  address: 'ISequentialStream::Write',
  interface: 'ISequentialStream',
  called: false,
  since: 'Windows 10 1809',
  page: 'docs/downloads.md',
};

/** @param {string} root @returns {Row[]} */
export function readRows(root) {
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  /** @type {Record<string, { version?: string, windows: string }>} */
  const versions = read('native/spec/since.json');
  const order = Object.keys(versions);
  /** @type {Interface[]} */
  const all = read('test/facts/facts.json').interfaces;
  // An interface of both services is listed twice; its header is BITS'.
  const own = all.filter(({ name, service }) => {
    const elsewhere = service === 'do-legacy' && all.some((one) => one.name === name && one.header);
    return !uncalled.has(name) && !name.startsWith('IEnum') && !elsewhere;
  });
  const rows = own.flatMap((one) => {
    const { header = '', min_os: windows } = one;
    const { version, windows: first } = versions[header] ?? { windows };
    if (first === undefined) throw new Error(`native/spec/since.json lacks ${header || one.name}`);
    const since = version === undefined ? first : `${version}, ${first}`;
    const place = [order.indexOf(header), roleOf(one.name)];
    return one.vtable.map(({ name, slot }) => ({
      rank: [...place, slot ?? 0],
      row: {
        address: `${one.name}::${name}`,
        interface: one.name,
        called: !one.client_implements,
        since,
        page: pageOf(one),
      },
    }));
  });
  const ordered = rows.toSorted(
    ({ rank: [version = 0, role = 0, slot = 0], row }, { rank: b, row: other }) =>
      version - (b[0] ?? 0) ||
      role - (b[1] ?? 0) ||
      compare(row.interface, other.interface) ||
      slot - (b[2] ?? 0),
  );
  return [...ordered.map(({ row }) => row), write];
}

const roles = [/Manager$/, /(Job|Download)\d*$/, /Job/, /File\d*$/, /Callback/];

/** Where an interface stands among those of its version. @param {string} name */
function roleOf(name) {
  const at = roles.findIndex((role) => role.test(name));
  return at === -1 ? roles.length : at;
}

/** @param {Interface} one @returns {Page} */
function pageOf({ service }) {
  if (service === 'bits') return 'docs/bits.md';
  return service === 'do-legacy' ? 'docs/jobs.md' : 'docs/downloads.md';
}
