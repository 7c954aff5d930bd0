// SPDX-License-Identifier: MIT
//
// The report of diagnose(): a plain object for programs, and a page for people.

import { version } from '../../package.json';
import type { Finding, Severity } from './finding.js';
import { titleOf } from './finding.js';
import type { FindingCode } from './table.js';

/** A finding of {@link diagnose}. */
export type DiagnosticFinding = Finding<FindingCode>;

/**
 * What {@link diagnose} found. A plain object that JSON and a structured clone keep as it is; `String()` of
 * it is a page to read. It has no user name, path or password in it.
 */
export interface DiagnosticReport {
  /** The gravest severity among the findings. */
  severity: Severity;
  /** The version of dosvc. */
  version: string;
  /** When the report was made, as `Date.prototype.toISOString()` writes it. */
  created: string;
  /** The address that was checked, without user information, query and fragment; null if there was none. */
  url: string | null;
  /** Whether the services were started and probed. */
  started: boolean;
  /** In the order of the checks. */
  findings: DiagnosticFinding[];
  /**
   * The page. Not enumerable, so that copies of the report are plain.
   *
   * @param columns Those of the terminal; 100 by default and at most, since longer lines are hard to read.
   */
  toString(columns?: number): string;
}

// The most columns of a page.
const widest = 100;

// From the gravest.
const severities: readonly Severity[] = ['error', 'warning', 'info', 'ok'];

/** @param given What the report is about. */
export function reportOf(
  given: Pick<DiagnosticReport, 'url' | 'started'>,
  findings: DiagnosticFinding[],
): DiagnosticReport {
  const severity = severities.find((one) => findings.some((found) => found.severity === one));
  const report: DiagnosticReport = {
    severity: severity ?? 'ok',
    version,
    created: new Date().toISOString(),
    ...given,
    findings,
  };
  Object.defineProperty(report, 'toString', {
    // A terminal breaks a line that fills the last column.
    value: (columns = widest) => pageOf(report, Math.min(columns, widest) - 1),
  });
  return report;
}

function pageOf(report: DiagnosticReport, width: number): string {
  const { version, created, url, started, findings } = report;
  const what = [`dosvc ${version}`, created, ...(url === null ? [] : [url])].join(', ');
  const counts = severities.map((one) => {
    const count = findings.filter(({ severity }) => severity === one).length;
    return `${one}: ${String(count)}`;
  });
  const sorted = severities.flatMap((one) => findings.filter(({ severity }) => severity === one));
  const isWindows = findings.every(({ code }) => code !== 'unsupported-platform');
  const hint =
    started || !isWindows
      ? []
      : [
          'Nothing was started. With { start: true } (dosvc diagnose --start), the services are tried as well.',
        ];
  return [
    ...[what, counts.join(', '), ...hint].flatMap((line) => wrapped(line, width, '')),
    '',
    ...sorted.flatMap((finding) => linesOf(finding, width)),
  ].join('\n');
}

function linesOf(finding: DiagnosticFinding, width: number): string[] {
  const { severity, code, service, meaning, advice, facts } = finding;
  const of = service === null ? '' : ` (${titleOf(service)})`;
  const read = Object.entries(facts).map(([name, value]) => `${name} = ${String(value)}`);
  return [
    ...wrapped(`[${severity}] ${code}${of}`, width, ''),
    ...[
      meaning,
      ...(advice === null ? [] : [`What to do: ${advice}`]),
      ...(code === 'policies-set' ? [read.join(', ')] : []),
    ].flatMap((text) => wrapped(text, width, '   ')),
    '',
  ];
}

/** The lines of a text, indented, those after the first one by one more. */
function wrapped(text: string, width: number, indent: string): string[] {
  const [first = '', ...rest] = text.split(' ');
  const lines = [indent + first];
  for (const word of rest) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(`${indent} ${word}`);
  }
  return lines;
}
