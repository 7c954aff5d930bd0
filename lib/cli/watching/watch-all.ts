// SPDX-License-Identifier: MIT
//
// Watches sources of transfers: draws them on a terminal, and otherwise prints each change.

import { DosvcError } from '../../index.js';
import type { Context } from '../command.js';
import { LiveView } from '../live-view.js';
import type { Output } from '../output.js';
import { printable } from '../printable.js';
import type { Reading, Source } from '../transfers/transfer.js';
import { percent } from '../units.js';
import { lookAt, sightOf, type Pace, type Sight } from './lookout.js';
import { picture, silence, type Shown } from './picture.js';
import { Speeds } from './speeds.js';

/** What is told of the newest look. */
interface Display {
  show(shown: readonly (Shown & Reading)[], sights: readonly Sight[]): void;
  end(): void;
}

/**
 * Rejects when the signal is aborted, or when no source can be looked at.
 *
 * @param options.single Whether there is one transfer, with which this ends: rejects unless it is
 * transferred.
 */
export async function watchAll(
  sources: readonly Source[],
  { output, signal }: Context,
  { single, interval = 1000, patience = 5000 }: { single: boolean } & Partial<Pace>,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const sights = sources.map(sightOf);
  const display = output.live ? drawn(output) : printed(output);
  const speeds = new Speeds();
  let ending: { error: DosvcError | null } | undefined;
  const seen = () => {
    if (either.aborted) return;
    const now = performance.now();
    const readings = sights.flatMap((sight) => sight.readings ?? []);
    speeds.keep(new Set(readings.map(({ row }) => row.id)));
    const shown = readings.map((reading) => {
      const { id, bytesTransferred } = reading.row;
      return { ...reading, bytesPerSecond: speeds.of(id, bytesTransferred, now) };
    });
    display.show(shown, sights);
    if (
      single &&
      sights[0]?.readings != null &&
      sights[0].lacking === null &&
      sights[0].trouble === null
    ) {
      ending = endingOf(readings[0]);
      if (ending !== undefined) stop.abort();
    }
  };
  try {
    seen();
    const looks = sights.map((sight) =>
      lookAt(sight, { signal: either, interval, patience }, seen),
    );
    await Promise.race([Promise.all(looks), aborted(either)]);
    // All have ended by themselves: none of the services is there.
    throw sights.flatMap(({ lacking }) => lacking ?? [])[0] ?? new Error('There are no sources.');
  } catch (error) {
    if (ending === undefined) throw error;
    if (ending.error !== null) throw ending.error;
  } finally {
    // A look at a service that hangs ends by itself.
    stop.abort();
    display.end();
  }
}

/** How the one transfer has ended; undefined if it goes on. */
function endingOf(reading: Reading | undefined): { error: DosvcError | null } | undefined {
  const { over, trouble } = reading?.row ?? { over: 'ended', trouble: null };
  if (over === null) return undefined;
  if (over === 'done') return { error: null };
  const message =
    reading === undefined
      ? 'The service no longer knows it: it was completed or cancelled.'
      : 'It was cancelled.';
  return { error: trouble ?? new DosvcError(message, { code: 'BG_E_NOT_FOUND' }) };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

function drawn(output: Output): Display {
  const view = new LiveView(output);
  // Whether nothing is known, which is not worth a line that stays.
  let isEmpty = true;
  return {
    show(shown, sights) {
      isEmpty = sights.every(({ readings }) => readings === null);
      view.draw(() => picture(shown, sights, output));
    },
    end() {
      if (isEmpty) view.remove();
      else view.end();
    },
  };
}

function printed(output: Output): Display {
  const said = new Map<string, string>();
  // What was said last of each.
  const silences = new Map<Source, string>();
  return {
    show(shown, sights) {
      for (const { row, object, bytesPerSecond } of shown) {
        const { id, name, state, bytesTransferred, bytesTotal, trouble } = row;
        const news = output.json
          ? JSON.stringify(object)
          : `${String(state)} ${trouble?.code ?? ''}`;
        if (said.get(id) === news) continue;
        said.set(id, news);
        output.object({ ...object, bytesPerSecond });
        const part = percent(bytesTransferred, bytesTotal);
        const parts = [id, String(state), part === null ? '' : `${String(part)} %`];
        output.text(
          [...parts, printable(name ?? ''), trouble?.code ?? ''].filter(Boolean).join('  '),
        );
      }
      for (const id of said.keys()) {
        if (shown.some(({ row }) => row.id === id) || sights.some(({ trouble }) => trouble))
          continue;
        said.delete(id);
        output.object({ kind: 'gone', id });
        output.text(`${id}  gone`);
      }
      for (const { source, trouble, late } of sights) {
        const answers = trouble === null && !late;
        const said = answers ? `${source.title} answers again` : silence(source, trouble);
        if (said === (silences.get(source) ?? `${source.title} answers again`)) continue;
        silences.set(source, said);
        const code = trouble?.code ?? null;
        output.object({ kind: 'service', title: source.title, answers, code });
        output.text(said);
      }
    },
    end() {
      // What is printed stays.
    },
  };
}
