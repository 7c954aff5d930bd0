// SPDX-License-Identifier: MIT
// Every program that the documentation shows runs as it is, but with a URL and a file of the
// test's, in a process of its own, with `dosvc` as this build.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { run } from '../processes/child.js';
import { bytesOf } from '../http/served.js';
import { it } from '../service/fixtures.js';
import { completed, programsOf, promised, type Program } from './programs.js';

/** Resolves a bare `dosvc` to this build, wherever the program is. */
const self = join(import.meta.dirname, '../../tools/win/self.cjs');

const ofJobs = [...programsOf('README.md').slice(0, 1), ...programsOf('docs/jobs.md')];
const ofDownloads = programsOf('docs/downloads.md');

/** Whether the program leaves the downloaded file. */
function completes({ source }: Program): boolean {
  return /\.complete\(\)|^ *await \w+\.finalize\(\)|createWriteStream/m.test(source);
}

async function check(program: Program, url: string, content: Buffer, folder: string) {
  const [script, file] = [join(folder, 'program.mjs'), join(folder, 'file.bin')];
  writeFileSync(script, completed(program, url, file));
  const { status, stdout, stderr } = await run(script, [], { flags: ['--require', self] });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  for (const word of promised(program)) expect(stdout).toContain(word);
  expect(existsSync(file)).toBe(completes(program));
  if (completes(program)) expect(readFileSync(file).equals(content)).toBe(true);
}

describe('the documented program runs:', () => {
  it.for(ofJobs)('$page, $heading', async (program, { server, folder }) => {
    const { url, content } = server.file('whole');
    await check(program, url, content, folder);
  });

  // The newer API requests ranges.
  it.for(ofDownloads)('$page, $heading', async (program, { server, folder }) => {
    const content = bytesOf(100_000);
    await check(program, server.serve('file', { content }), content, folder);
  });
});

it('the guide to jobs shows the whole API', () => {
  expect(ofJobs).toHaveLength(9);
  const headings = ofJobs.map(({ heading }) => heading);
  expect(headings).toEqual(expect.arrayContaining(['Progress', 'Events', 'Errors']));
  const [shown, api] = [
    ofJobs.map(({ source }) => source).join(''),
    ['createJob', 'getJob', 'addFile', 'resume', 'wait', 'watch', 'complete', 'cancel', 'snapshot'],
  ];
  for (const method of [...api, 'close', 'ref', 'on', 'as', 'getProperty', 'setProperty'])
    expect(shown).toContain(`.${method}(`);
});

it('the guide to downloads shows the whole API', () => {
  const shown = ofDownloads.map(({ source }) => source).join('');
  const api = ['createDownload', 'enumDownloads', 'start', 'wait', 'watch', 'finalize', 'abort'];
  const more = ['getStatus', 'getProperty', 'setProperty', 'stream', 'on', 'close'];
  for (const method of [...api, ...more]) expect(shown).toContain(`.${method}(`);
});
