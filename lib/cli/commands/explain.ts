// SPDX-License-Identifier: MIT
//
// dosvc explain: what codes are called, what they mean and what to do.

import { explain as explainCode, type Blame, type Explanation } from '../../index.js';
import { command } from '../command.js';
import { sections, wrapped } from '../prose.js';
import { UsageError } from '../usage.js';

export const explain = command({
  name: 'explain',
  parameters: ['<code>...'],
  summary: 'Say what an error code means, and what to do',
  more: [
    'The code is a number, in hexadecimal or decimal, a name, or a line of a log that has one.',
    'If each argument has a code, each is explained; otherwise they are one line.',
  ],
  options: {},
  negativeNumbers: true,
  run({ parameters }, { output }) {
    const explanations = explanationsOf(parameters);
    const text = parameters.join(' ');
    if (explanations.length === 0) {
      return Promise.reject(new UsageError(`There is no error code in '${text}'.`));
    }
    const title = (name: string) => output.styled('bold', name);
    for (const [at, explanation] of explanations.entries()) {
      output.object({ kind: 'explanation', ...explanation });
      output.text(...(at === 0 ? [] : ['']), ...page(explanation, output.columns, title));
    }
    return Promise.resolve();
  },
});

/** Of each argument; of all together if they are the words of a line, which the shell has split. */
function explanationsOf(parameters: readonly string[]): Explanation[] {
  const each = parameters.map((one) => explainCode(one));
  const found = each.every((one) => one !== null) ? each : [explainCode(parameters.join(' '))];
  return found.flatMap((one) => one ?? []);
}

const causes: Readonly<Record<Blame, string>> = {
  caller: 'The program that asked for the download, or what it was given.',
  network: 'The network between this computer and the server.',
  server: 'The server that has the file.',
  policy: 'A policy or setting of this computer, usually set by its administrator.',
  service: 'The Windows service that downloads, or its connection to this program.',
  disk: 'The disk or the folder that the file is written to.',
  system: 'Windows itself, or the code does not say.',
};

function page(
  { code, names, hresult, meaning, advice, blame, transient, retryHelps }: Explanation,
  columns: number,
  title: (text: string) => string,
): string[] {
  const number = hresult === null ? [] : [hexadecimal(hresult), String(hresult | 0)];
  const others = [...names, ...number].filter((name) => name !== code);
  const again = () => {
    if (transient) return 'Not needed: the service waits, and goes on by itself.';
    return retryHelps ? 'May help, now or later.' : 'Does not help while nothing else changes.';
  };
  const parts = [
    ['What it means', meaning],
    ['What to do', advice ?? 'Nothing more is known of this code: search the web for it.'],
    ['Where the cause lies', causes[blame]],
    ['Trying again', again()],
  ] as const;
  return [
    title(code),
    ...(others.length === 0 ? [] : wrapped(`Also ${others.join(', ')}`, columns, '  ')),
    ...sections(
      parts.map(([name, text]) => [title(name), text]),
      columns,
    ),
  ];
}

function hexadecimal(hresult: number): string {
  return `0x${hresult.toString(16).toUpperCase().padStart(8, '0')}`;
}
