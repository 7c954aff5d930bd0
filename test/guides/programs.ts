// SPDX-License-Identifier: MIT
// The programs that a page of documentation shows: its blocks of JavaScript, each with the heading
// above it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Program {
  page: string;
  heading: string;
  source: string;
}

export function programsOf(page: string): Program[] {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
  const programs: Program[] = [];
  let heading = '';
  let block: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (block === undefined) {
      heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading;
      if (line === '```js') block = [];
    } else if (line === '```') {
      programs.push({ page, heading, source: `${block.join('\n')}\n` });
      block = undefined;
    } else {
      block.push(line);
    }
  }
  return programs;
}

/** The output that a program's comments promise: `console.log(…); // S_OK`. */
export function promised({ source }: Program): string[] {
  return [...source.matchAll(/console\.log\(.*\); \/\/ (\w[\w:]*)$/gm)].map(
    ([, word = '']) => word,
  );
}

/**
 * The program with constants of the test's own: each replaces the one that the program declares, or
 * comes before it.
 */
export function completed({ source }: Program, constants: Record<string, string>): string {
  let given = source;
  for (const [name, value] of Object.entries(constants)) {
    const text = JSON.stringify(value);
    const constant = new RegExp(`^const ${name} = .+;$`, 'im');
    if (constant.test(given)) {
      given = given.replace(constant, (line) => line.replace(/= .+;/, () => `= ${text};`));
    } else {
      given = `const ${name} = ${text};\n${given}`;
    }
  }
  return given;
}
