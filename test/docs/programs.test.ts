// SPDX-License-Identifier: MIT
// Every program that the documentation shows runs as it is, but with a URL, a file and a hash of the
// test's, in a process of its own, with `dosvc` as this build.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { completed, programsOf, promised, type Program } from '../guides/programs.js';
import { bytesOf } from '../http/served.js';
import { run } from '../processes/child.js';
import { it } from '../service/fixtures.js';

/** Resolves a bare `dosvc` to this build, wherever the program is. */
const self = join(import.meta.dirname, '../../tools/win/self.cjs');

const ofJobs = programsOf('docs/jobs.md');
const ofBits = programsOf('docs/bits.md');
const ofDownloads = programsOf('docs/downloads.md');
const ofDiagnosis = programsOf('docs/diagnose.md');
const ofOneCall = [
  ...programsOf('README.md').slice(0, 1),
  ...programsOf('docs/download.md'),
  ...programsOf('docs/troubleshooting.md'),
];

/** Whether the program leaves the downloaded file. */
function completes({ page, heading, source }: Program): boolean {
  if (ofOneCall.some((program) => program.page === page)) {
    const without = ['Check the signature', 'Many files', 'Clean up', 'Errors', 'Ask first'];
    return !without.includes(heading);
  }
  return /\.complete\(\)|^ *await \w+\.finalize\(\)|createWriteStream/m.test(source);
}

/** Runs a program, which downloads `url` to `file.bin` in a folder. */
function start(
  program: Program,
  url: string,
  content: Buffer,
  folder: string,
  env?: NodeJS.ProcessEnv,
) {
  const script = join(folder, 'program.mjs');
  const sha512 = createHash('sha512').update(content).digest('hex');
  writeFileSync(script, completed(program, { url, file: join(folder, 'file.bin'), sha512 }));
  return run(script, [], { flags: ['--require', self], env });
}

async function check(program: Program, url: string, content: Buffer, folder: string) {
  const { status, stdout, stderr } = await start(program, url, content, folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  const file = join(folder, 'file.bin');
  for (const word of promised(program)) expect(stdout).toContain(word);
  expect(existsSync(file)).toBe(completes(program));
  if (completes(program)) expect(readFileSync(file).equals(content)).toBe(true);
}

describe('the documented program runs:', () => {
  it.for([...ofJobs, ...ofBits])('$page, $heading', async (program, { server, folder }) => {
    const { url, content } = server.file('whole');
    await check(program, url, content, folder);
  });

  // The newer API requests ranges.
  const ofNewerApi = [
    ...ofDownloads,
    ...ofOneCall.filter(({ heading }) => heading !== 'Check the signature'),
  ];
  it.for(ofNewerApi)('$page, $heading', async (program, { server, folder }) => {
    const content = bytesOf(100_000);
    await check(program, server.serve('file', { content }), content, folder);
  });
});

it.for(ofDiagnosis)(
  'the documented diagnosis runs: $page, $heading',
  async (program, { server, folder }) => {
    const content = bytesOf(1000);
    const url = server.serve('file.bin', { content, etag: '"1"' });
    const { status, stdout, stderr } = await start(program, url, content, folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`, ${url}`);
    expect(stdout).toContain('[ok] ranges-supported');
  },
);

it('the first program about jobs cancels its job if the download fails', async ({
  server,
  folder,
}) => {
  const [program] = ofJobs;
  if (program === undefined) throw new Error('the guide to jobs has no program');
  const { url, content } = server.file(404);
  const { status, stderr } = await start(program, url, content, folder, { NODE_DEBUG: 'dosvc' });
  expect(status).toBe(1);
  expect(stderr).toContain('BG_E_HTTP_ERROR_404');
  expect(stderr).toMatch(/IBackgroundCopyJob::Cancel #\d+ done 0x00000000/);
});

it('the program that checks a signature leaves no file that nobody signed', async ({
  server,
  folder,
}) => {
  const program = ofOneCall.find(({ heading }) => heading === 'Check the signature');
  if (program === undefined) throw new Error('the guide has no such program');
  const content = bytesOf(100_000);
  const { status, stderr } = await start(
    program,
    server.serve('file', { content }),
    content,
    folder,
  );
  expect(status).toBe(1);
  expect(stderr).toContain('not signed by Contoso');
  expect(readdirSync(folder)).toEqual(['program.mjs']);
});

it('the guide to jobs shows the whole API', () => {
  expect(ofJobs).toHaveLength(8);
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
