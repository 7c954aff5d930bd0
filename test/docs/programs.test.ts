// SPDX-License-Identifier: MIT
// Every program that the documentation shows runs as it stands there, in a process of its own, with
// `dosvc` as this build.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { run } from '../lifecycle/child.js';
import { it } from '../service/fixtures.js';
import { completed, programsOf, promised } from './programs.js';

/** Leads a bare `dosvc` here, wherever the program lies. */
const self = join(import.meta.dirname, '../../tools/win/self.cjs');

const programs = [...programsOf('README.md').slice(0, 1), ...programsOf('docs/jobs.md')];

describe('the program of', () => {
  it.for(programs)('$page, $heading', async (program, { server, folder }) => {
    const { url, content } = server.file('whole');
    const [script, file] = [join(folder, 'program.mjs'), join(folder, 'file.bin')];
    writeFileSync(script, completed(program, url, file));
    const { status, stdout, stderr } = await run(script, [], { flags: ['--require', self] });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

    for (const word of promised(program)) expect(stdout).toContain(word);
    const completes = program.source.includes('.complete()');
    expect(existsSync(file)).toBe(completes);
    if (completes) expect(readFileSync(file).equals(content)).toBe(true);
  });
});

it('the walk through the job API shows all of it', () => {
  expect(programs).toHaveLength(9);
  const headings = programs.map(({ heading }) => heading);
  expect(headings).toEqual(expect.arrayContaining(['Progress', 'Events', 'Errors']));
  const [shown, api] = [
    programs.map(({ source }) => source).join(''),
    ['createJob', 'getJob', 'addFile', 'resume', 'wait', 'watch', 'complete', 'cancel', 'snapshot'],
  ];
  for (const method of [...api, 'close', 'ref', 'on', 'as', 'getProperty', 'setProperty'])
    expect(shown).toContain(`.${method}(`);
});
