// SPDX-License-Identifier: MIT
//
// dosvc job: everything about one job or download.

import { command } from '../command.js';
import { printable } from '../printable.js';
import { wrapped } from '../prose.js';
import { withTransfer } from '../transfers/find.js';
import type { Reading } from '../transfers/transfer.js';
import { bytesOf } from '../units.js';
import { serviceOption } from '../usage.js';

export const job = command({
  name: 'job',
  parameters: ['<id>'],
  summary: 'Show a job or a download, from either service',
  options: serviceOption,
  async run({ parameters, options }, { output, note }) {
    await withTransfer(parameters[0], options.service, note, async (transfer) => {
      const reading = await transfer.read();
      output.object(reading.object);
      output.text(...page(reading, output.columns));
    });
  },
});

function page({ row, details }: Reading, columns: number): string[] {
  const { id, name, state, bytesTransferred, bytesTotal, trouble } = row;
  const facts: readonly (readonly [string, string])[] = [
    ['Id', id],
    ['Name', printable(name ?? '')],
    ['State', String(state)],
    ['Bytes', bytesOf(bytesTransferred, bytesTotal)],
    ...details,
  ];
  const width = Math.max(...facts.map(([title]) => title.length)) + 2;
  const lines = facts.map(([title, fact]) => title.padEnd(width) + fact);
  if (trouble === null) return lines;
  return [...lines, '', ...wrapped(printable(trouble.message), columns)];
}
