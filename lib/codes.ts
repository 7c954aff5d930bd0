// SPDX-License-Identifier: MIT
//
// What an HRESULT is called, what it means and what to do about it.

import { DO_TRANSIENT_ZONE, DO_TRANSIENT_ZONE_MASK } from './generated/constants.js';
import {
  facilityBlames,
  hresults,
  httpClasses,
  type Blame,
  type HresultInfo,
  type Said,
  type Trait,
} from './generated/hresults.js';

/** An HRESULT as `0x` and eight hexadecimal digits. */
export function hex(hresult: number): string {
  return `0x${hresult.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The first name of an HRESULT, or its hexadecimal form if it has no name. */
export function nameOf(hresult: number): string {
  return infoOf(hresult).names[0] ?? hex(hresult);
}

/** Whether an HRESULT means a failure. */
export function isFailure(hresult: number): boolean {
  return hresult >= 0x80000000;
}

/** The traits of an HRESULT, which decide how the library handles it. */
export function traitsOf(hresult: number): readonly Trait[] {
  return hresults().get(hresult)?.traits ?? [];
}

/** Whether the service has stopped, so that its objects must be re-fetched. */
export function isGone(hresult: number | undefined): boolean {
  return hresult !== undefined && traitsOf(hresult).includes('gone');
}

/** The success code of a call that found nothing to do, or nothing to return. */
export const S_FALSE = 1;

/** Whether the service no longer knows the job or the download, so it can no longer be waited for. */
export function isUnknown(hresult: number | undefined): boolean {
  return hresult !== undefined && traitsOf(hresult).includes('unknown-object');
}

let systemText: (hresult: number) => string = () => '';

/** Takes the words for codes that are not listed here from the system. */
export function readSystemText(read: (hresult: number) => string): void {
  systemText = read;
}

/**
 * Describes an HRESULT: its names, and in words what it means and what to do. `instead` replaces the
 * meaning, the advice or the blame.
 */
export function describe(
  hresult: number,
  instead: { meaning?: string; advice?: string; blame?: Blame } = {},
) {
  const { names, meaning, advice, blame, transient } = { ...infoOf(hresult), ...instead };
  const code = names[0] ?? hex(hresult);
  const codes = [...new Set([code, hex(hresult)])].join(', ');
  const said = advice === undefined ? meaning : `${meaning} ${advice}`;
  return {
    code,
    names: names.length > 0 ? names : [code],
    hresult,
    meaning,
    blame,
    transient,
    words: said.includes(codes) ? said : `${said} (${codes})`,
  };
}

/** The HTTP status in HRESULTs 0x80190064 to 0x80190257; undefined for any other. */
export function httpStatusOf(hresult = 0): number | undefined {
  const status = hresult - 0x80190000;
  return status >= 100 && status <= 599 ? status : undefined;
}

/** The facility of an HRESULT, as a number: who defined it. */
export function facilityOf(hresult: number): number {
  return (hresult >>> 16) & 0x7ff;
}

/** What is known of an HRESULT: everything if it is listed. */
export type Info = Pick<HresultInfo, 'names' | 'transient'> &
  Omit<Said, 'advice'> & { readonly advice: string | undefined };

export function infoOf(hresult: number): Info {
  const listed = hresults().get(hresult);
  if (listed !== undefined) return listed;
  const transient =
    hresult >>> 16 === 0x80d0 && (hresult & DO_TRANSIENT_ZONE_MASK) === DO_TRANSIENT_ZONE;
  const status = httpStatusOf(hresult);
  const http = httpClasses.find(({ from, to }) => from <= (status ?? 0) && (status ?? 0) <= to);
  return {
    names: [],
    meaning: http?.meaning.replace('{status}', String(status)) ?? unlisted(hresult),
    advice: http?.advice,
    blame: http?.blame ?? facilityBlames[facilityOf(hresult)] ?? 'system',
    transient,
    retryHelps: http?.retryHelps ?? transient,
  };
}

function unlisted(hresult: number): string {
  const service = { 0x80d0: 'Delivery Optimization', 0x8020: 'BITS' }[hresult >>> 16];
  if (service !== undefined) {
    return `${service} failed with the code ${hex(hresult)}, which has no published name.`;
  }
  const text = systemText(hresult);
  // Some texts have a place for what only the caller knows, such as %1.
  if (text !== '' && !/%\d/.test(text)) return sentence(text);
  return `The call ${isFailure(hresult) ? 'failed' : 'succeeded'} with the code ${hex(hresult)}.`;
}

// Some of the system's texts are sentences without a full stop.
function sentence(text: string): string {
  return /\p{P}$/u.test(text) ? text : `${text}.`;
}

let values: ReadonlyMap<string, number> | undefined;

/** The HRESULT of a name in capitals, also of an HTTP status without a row; undefined if there is none. */
export function hresultOf(name: string): number | undefined {
  values ??= new Map([...hresults()].flatMap(([value, { names }]) => names.map((n) => [n, value])));
  const status = /^BG_E_HTTP_ERROR_([1-5]\d\d)$/.exec(name)?.[1];
  return values.get(name) ?? (status === undefined ? undefined : 0x80190000 + Number(status));
}
