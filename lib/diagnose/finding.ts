// SPDX-License-Identifier: MIT
//
// A finding of diagnose(). What each one means and what to do stands in a table beside the check that
// makes it; docs/diagnose.md lists all of them.

import { hex, hresultOf, nameOf } from '../codes.js';
import type { HresultCode } from '../generated/hresults.js';
import { checkService, type ServiceName } from '../services.js';

/** How grave a finding is. */
export type Severity =
  /** Checked, and nothing is in the way. */
  | 'ok'
  /** Good to know: downloads work. */
  | 'info'
  /** Some downloads wait or fail, or something could not be checked. */
  | 'warning'
  /** Downloads fail: from this URL, through the service that is named, or through both. */
  | 'error';

/** A value that was read. */
export type Fact = string | number | boolean | null;

/** The error that a download meets because of a finding. */
export interface ExpectedError {
  /** The service that returns it. */
  service: ServiceName;
  /** The code, as `DosvcError.code` has it. */
  code: string;
  /** The HRESULT as an unsigned number. */
  hresult: number;
}

/** Something that {@link diagnose} found. */
export interface Finding<Code extends string = string> {
  /** Names the finding. It stays the same in later versions. */
  code: Code;
  /** How grave it is. */
  severity: Severity;
  /** The service that it is about; null if it is about both or neither. */
  service: ServiceName | null;
  /** What was found, and what it means. */
  meaning: string;
  /** What to do; null if there is nothing to do. */
  advice: string | null;
  /** The errors that downloads meet because of it, at most one for each service. */
  errors: ExpectedError[];
  /** What was read, by name. */
  facts: Record<string, Fact>;
}

/** What a table says of a finding. `{service}` and `{a fact's name}` stand for what they name. */
export interface Entry {
  readonly severity: Severity;
  readonly meaning: string;
  readonly advice?: string;
  readonly errors?: Readonly<Partial<Record<ServiceName, HresultCode>>>;
}

/** What a check found out. */
interface Found {
  service?: ServiceName;
  facts?: Record<string, Fact>;
  /** In place of the table's, by service. */
  errors?: Partial<Record<ServiceName, number>>;
}

/** What makes the findings of a table. */
export function findingsIn<Codes extends string>(table: Readonly<Record<Codes, Entry>>) {
  return <Code extends Codes>(code: Code, found: Found = {}): Finding<Code> => {
    const { severity, meaning, advice, errors: usual = {} }: Entry = table[code];
    const { service = null, facts = {} } = found;
    const errors = errorsOf(found.errors ?? valuesOf(usual)).filter(
      (error) => service === null || error.service === service,
    );
    const filled = (text: string) =>
      text.replace(/\{(\w+)\}/g, (_, name: string) =>
        name === 'service' && service !== null ? titleOf(service) : String(facts[name]),
      );
    return {
      code,
      severity,
      service,
      meaning: [filled(meaning), ...sentencesOf(errors)].join(' '),
      advice: advice === undefined ? null : filled(advice),
      errors,
      facts,
    };
  };
}

/** The service's name in texts. */
export function titleOf(service: ServiceName): string {
  return checkService('service', service).title;
}

function valuesOf(codes: Partial<Record<ServiceName, HresultCode>>) {
  return Object.fromEntries(
    Object.entries(codes).map(([service, code]) => [service, hresultOf(code)]),
  ) as Partial<Record<ServiceName, number>>;
}

function errorsOf(values: Partial<Record<ServiceName, number>>): ExpectedError[] {
  return Object.entries(values).map(([service, hresult]) => {
    return { service: service as ServiceName, code: nameOf(hresult), hresult };
  });
}

function sentencesOf(errors: readonly ExpectedError[]): string[] {
  const [first, ...others] = errors;
  if (first === undefined) return [];
  if (others.length > 0 && others.every(({ hresult }) => hresult === first.hresult)) {
    return [`Both services report ${shown(first)}.`];
  }
  return errors.map((error) => `${titleOf(error.service)} reports ${shown(error)}.`);
}

function shown({ code, hresult }: ExpectedError): string {
  return [...new Set([code, hex(hresult)])].join(', ');
}
