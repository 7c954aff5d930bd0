// SPDX-License-Identifier: MIT
//
// Prints the transfers of one source as a table.

import { DosvcError } from '../../index.js';
import type { Context } from '../command.js';
import { printable } from '../printable.js';
import type { Column } from '../table.js';
import { bytesOf, percent } from '../units.js';
import type { Reading, Row, Source, Transfer } from './transfer.js';

const columns: readonly Column[] = [
  { title: 'Id' },
  { title: 'State' },
  { title: '%', align: 'right' },
  { title: 'Bytes', align: 'right' },
  { title: 'Name', least: 12 },
  { title: 'Error', least: 12 },
];

/** Prints what a source lists, and lets it go. */
export async function print(source: Source, { output }: Context): Promise<void> {
  try {
    const readings = await readAll(await source.list());
    for (const { object } of readings) output.object(object);
    const rows = readings.map(({ row }) => cellsOf(row));
    const none = [`There are no ${source.what} in ${source.title}.`];
    output.text(...(rows.length === 0 ? none : await drawn(rows, output)));
  } finally {
    await source.close();
  }
}

/** What can be read of transfers; one that ended meanwhile is left out. */
export async function readAll(transfers: readonly Transfer[]): Promise<Reading[]> {
  const settled = await Promise.allSettled(transfers.map((transfer) => transfer.read()));
  return settled.flatMap((one) => {
    if (one.status === 'fulfilled') return [one.value];
    if (hasEnded(one.reason)) return [];
    throw one.reason;
  });
}

const ended = new Set(['BG_E_NOT_FOUND', 'DO_E_JOB_NOT_FOUND', 'DO_E_NO_DOWNLOADS']);

function hasEnded(reason: unknown): boolean {
  return reason instanceof DosvcError && ended.has(reason.code);
}

function cellsOf({ id, name, state, bytesTransferred, bytesTotal, trouble }: Row): string[] {
  const part = percent(bytesTransferred, bytesTotal);
  return [
    id,
    String(state),
    part === null ? '' : `${String(part)} %`,
    bytesOf(bytesTransferred, bytesTotal),
    printable(name ?? ''),
    trouble?.code ?? '',
  ];
}

async function drawn(rows: string[][], output: Context['output']): Promise<string[]> {
  // Measuring characters takes a package, which the other commands do without.
  const { table } = await import('../table.js');
  const width = output.live ? output.columns : Infinity;
  return table(columns, rows, width, (text) => output.styled('bold', text));
}
