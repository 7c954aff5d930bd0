// SPDX-License-Identifier: MIT
//
// What `dosvc watch` draws: the transfers of all sources as a table, and below it what cannot be seen.

import type { DosvcError } from '../../index.js';
import { bar } from '../bar.js';
import type { Output } from '../output.js';
import { printable } from '../printable.js';
import { table, type Column } from '../table.js';
import type { Row, Source } from '../transfers/transfer.js';
import { bytesOf, percent, speed } from '../units.js';
import type { Sight } from './lookout.js';

const columns: readonly Column[] = [
  { title: 'Id' },
  { title: 'State' },
  { title: 'Progress' },
  { title: '%', align: 'right' },
  { title: 'Bytes', align: 'right' },
  { title: 'Speed', align: 'right' },
  { title: 'Name', least: 8 },
  { title: 'Error', least: 10 },
];
const cells = 10;

/** A transfer, and how fast it is. */
export interface Shown {
  readonly row: Row;
  readonly bytesPerSecond: number | null;
}

/** The lines to draw. */
export function picture(
  shown: readonly Shown[],
  sights: readonly Sight[],
  output: Output,
): string[] {
  const notes = sights.flatMap(noteOn);
  const width = output.columns - 1;
  const head = (text: string) => output.styled('bold', text);
  const room = output.rows - notes.length - 2;
  const rows = shown.map(cellsOf);
  const lines = table(columns, rows, width, head);
  const fit = lines.slice(0, Math.max(3, lines.length > room ? room - 1 : room));
  const more =
    lines.length > fit.length ? [`... and ${String(lines.length - fit.length)} lines more`] : [];
  const none = sights.some(({ readings }) => readings !== null) ? ['No transfers.'] : [];
  return [...(shown.length > 0 ? [...fit, ...more] : none), ...notes];
}

function cellsOf({ row, bytesPerSecond }: Shown): string[] {
  const { id, name, state, bytesTransferred, bytesTotal, trouble, over } = row;
  const part = percent(bytesTransferred, bytesTotal);
  return [
    id,
    // As wide as they can become, so that the columns stay where they are.
    String(state).padEnd(15),
    bar(bytesTransferred, bytesTotal, cells),
    (part === null ? '' : `${String(part)} %`).padStart(5),
    bytesOf(bytesTransferred, bytesTotal),
    (bytesPerSecond === null || over !== null ? '' : speed(bytesPerSecond)).padStart(10),
    printable(name ?? ''),
    trouble?.code ?? '',
  ];
}

/** That a service does not answer, and why if that is known. */
export function silence({ title }: Source, trouble: DosvcError | null): string {
  return `${title} does not answer${trouble === null ? '' : `: ${trouble.code}`}`;
}

function noteOn({ source, readings, trouble, late, lacking }: Sight): string[] {
  if (lacking?.code === 'ERR_DOSVC_SERVICE_MISSING')
    return [`${source.title} is not on this system.`];
  if (trouble !== null || late) return [silence(source, trouble)];
  return readings === null ? [`Asking ${source.title} ...`] : [];
}
