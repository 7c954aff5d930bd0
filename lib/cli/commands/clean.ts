// SPDX-License-Identifier: MIT
//
// dosvc clean: ends what downloads left behind in the services, and in a folder.

import { resolve } from 'node:path';
import { cleanUp } from '../../index.js';
import { command } from '../command.js';
import { printable } from '../printable.js';
import { UsageError } from '../usage.js';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

export const clean = command({
  name: 'clean',
  parameters: [],
  summary: "End what 'get' and download() left behind",
  more: [
    'These are transfers that were left to a service, or whose process has ended, and their',
    'temporary files. One that is being downloaded now is left alone.',
  ],
  options: {
    'older-than': { type: 'string', value: '<age>', help: 'Such as 30m, 12h or 7d; 7d by default' },
    folder: { type: 'string', value: '<folder>', help: 'Also what HTTP left in this folder' },
    prefix: { type: 'string', value: '<text>', help: 'Only those whose key begins so' },
  },
  stops: true,
  async run({ options }, { output, signal }) {
    const { prefix, folder } = options;
    const age = options['older-than'];
    const ended = await cleanUp({
      signal,
      ...(prefix !== undefined && { prefix }),
      ...(folder !== undefined && { folder: resolve(folder) }),
      ...(age !== undefined && { olderThan: milliseconds(age) }),
    });
    for (const one of ended) {
      output.object({ kind: 'ended', ...one });
      output.text(
        `Ended: ${[one.route, one.key ?? '', one.file].filter(Boolean).map(printable).join('  ')}`,
      );
    }
    if (ended.length === 0) output.text('Nothing was left behind.');
  },
});

function milliseconds(age: string): number {
  const [, count, unit = 's'] = /^(\d{1,6})([smhd])?$/.exec(age) ?? [];
  if (count === undefined || (age === count && Number(count) !== 0)) {
    throw new UsageError('--older-than must be a number with s, m, h or d, such as 7d.');
  }
  return Number(count) * (units[unit] ?? 1) * 1000;
}
