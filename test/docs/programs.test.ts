// SPDX-License-Identifier: MIT
// Every program that the documentation shows runs as it is, but with a URL and a file of the
// test's, in a process of its own, with `dosvc` as this build.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { completed, programsOf, promised, type Program } from '../guides/programs.js';
import { bytesOf } from '../http/served.js';
import { run } from '../processes/child.js';
import { it } from '../service/fixtures.js';

/** Resolves a bare `dosvc` to this build, wherever the program is. */
const self = join(import.meta.dirname, '../../tools/win/self.cjs');

const ofJobs = [...programsOf('README.md').slice(0, 1), ...programsOf('docs/jobs.md')];
const ofDownloads = programsOf('docs/downloads.md');
const ofDiagnosis = programsOf('docs/diagnose.md');

/** Whether the program leaves the downloaded file. */
function completes({ source }: Program): boolean {
  return /\.complete\(\)|^ *await \w+\.finalize\(\)|createWriteStream/m.test(source);
}

/** Runs a program, which downloads `url` to `file.bin` in a folder. */
function start(program: Program, url: string, folder: string, env?: NodeJS.ProcessEnv) {
  const script = join(folder, 'program.mjs');
  writeFileSync(script, completed(program, { url, file: join(folder, 'file.bin') }));
  return run(script, [], { flags: ['--require', self], env });
}

async function check(program: Program, url: string, content: Buffer, folder: string) {
  const { status, stdout, stderr } = await start(program, url, folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  const file = join(folder, 'file.bin');
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

it.for(ofDiagnosis)(
  'the documented diagnosis runs: $page, $heading',
  async (program, { server, folder }) => {
    const url = server.serve('file.bin', { content: bytesOf(1000), etag: '"1"' });
    const { status, stdout, stderr } = await start(program, url, folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`, ${url}`);
    expect(stdout).toContain('[ok] ranges-supported');
  },
);

it("README's program cancels its job if the download fails", async ({ server, folder }) => {
  const [program] = programsOf('README.md');
  if (program === undefined) throw new Error('README has no program');
  const { url } = server.file(404);
  const { status, stderr } = await start(program, url, folder, { NODE_DEBUG: 'dosvc' });
  expect(status).toBe(1);
  expect(stderr).toContain('BG_E_HTTP_ERROR_404');
  expect(stderr).toMatch(/IBackgroundCopyJob::Cancel #\d+ done 0x00000000/);
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
