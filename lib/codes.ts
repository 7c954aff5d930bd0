// SPDX-License-Identifier: MIT
//
// What an HRESULT is called, what it means and what to do about it.

import { hresults, httpClasses, type HresultInfo, type Trait } from './generated/hresults.js';

/** An HRESULT as `0x` and eight hexadecimal digits. */
export function hex(hresult: number): string {
  return `0x${hresult.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The first name of an HRESULT, or its hexadecimal form if it has no name. */
export function nameOf(hresult: number): string {
  return explain(hresult).names[0] ?? hex(hresult);
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
 * meaning or the advice.
 */
export function describe(hresult: number, instead: { meaning?: string; advice?: string } = {}) {
  const { names, meaning, advice } = { ...explain(hresult), ...instead };
  const code = names[0] ?? hex(hresult);
  const codes = [...new Set([code, hex(hresult)])].join(', ');
  const said = advice === undefined ? meaning : `${meaning} ${advice}`;
  return {
    code,
    names: names.length > 0 ? names : [code],
    hresult,
    meaning,
    words: said.includes(codes) ? said : `${said} (${codes})`,
  };
}

/** The HTTP status in HRESULTs 0x80190064 to 0x80190257; undefined for any other. */
export function httpStatusOf(hresult = 0): number | undefined {
  const status = hresult - 0x80190000;
  return status >= 100 && status <= 599 ? status : undefined;
}

/** The names of an HRESULT, what it means, and what to do. */
export function explain(hresult: number): Pick<HresultInfo, 'names' | 'meaning' | 'advice'> {
  const listed = hresults().get(hresult);
  if (listed !== undefined) return listed;
  const status = httpStatusOf(hresult);
  const http = httpClasses.find(({ from, to }) => from <= (status ?? 0) && (status ?? 0) <= to);
  const meaning = http?.meaning.replace('{status}', String(status)) ?? unlisted(hresult);
  return { names: [], meaning, advice: http?.advice };
}

function unlisted(hresult: number): string {
  const service = { 0x80d0: 'Delivery Optimization', 0x8020: 'BITS' }[hresult >>> 16];
  if (service !== undefined) {
    return `${service} failed with the code ${hex(hresult)}, which has no published name.`;
  }
  const text = systemText(hresult);
  // Some texts have a place for what only the caller knows, such as %1.
  return text === '' || /%\d/.test(text)
    ? `The call failed with the code ${hex(hresult)}.`
    : sentence(text);
}

// Some of the system's texts are sentences without a full stop.
function sentence(text: string): string {
  return /\p{P}$/u.test(text) ? text : `${text}.`;
}
