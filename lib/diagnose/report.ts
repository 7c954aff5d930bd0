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
  /** The page. Not enumerable, so that copies of the report are plain. */
  toString(): string;
}

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
  Object.defineProperty(report, 'toString', { value: () => pageOf(report) });
  return report;
}

function pageOf({ version, created, url, started, findings }: DiagnosticReport): string {
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
      : ['Nothing was started. With { start: true }, diagnose() connects to the services as well.'];
  return [what, counts.join(', '), ...hint, '', ...sorted.flatMap(linesOf)].join('\n');
}

function linesOf({ severity, code, service, meaning, advice, facts }: DiagnosticFinding): string[] {
  const of = service === null ? '' : ` (${titleOf(service)})`;
  const read = Object.entries(facts).map(([name, value]) => `${name} = ${String(value)}`);
  return [
    `[${severity}] ${code}${of}`,
    ...wrapped(meaning),
    ...(advice === null ? [] : wrapped(`What to do: ${advice}`)),
    ...(code === 'policies-set' ? wrapped(read.join(', ')) : []),
    '',
  ];
}

const width = 96;

/** Lines of a text, indented. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '' || line.length + word.length < width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.map((line) => `   ${line}`);
}
