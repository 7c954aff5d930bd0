// SPDX-License-Identifier: MIT
// The effect of downloads and streams on their process: what keeps it alive, what does not, and how
// it ends in the middle of a transfer.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { run, start } from '../processes/child.js';
import { killService } from '../stand-in/client/death.js';
import { it } from '../stand-in/client/downloads.js';
import { slowlyInMiB } from '../stand-in/client/fixtures.js';
import { standIn } from '../stand-in/client/installation.js';
import { bytesOf } from '../http/served.js';

const program = join(import.meta.dirname, 'programs', 'download.mjs');
const options = JSON.stringify({ ...standIn, pollInterval: 50 });

describe('a process stays alive', () => {
  it.for([
    ['stream', '6291456 bytes'],
    ['wait', 'transferred'],
    ['ref', 'finalized'],
  ] as const)('because of %s, until it prints %s', async ([way, last], { server, path }) => {
    const uri = server.serve('file', slowlyInMiB());
    expect(await run(program, [way, options, uri, path])).toEqual({
      status: 0,
      signal: null,
      stdout: `${last}\nnothing left to do\n`,
      stderr: '',
    });
  });
});

describe('a process ends by itself', () => {
  it('even if it has listeners', async ({ server, path, downloads }) => {
    const uri = server.serve('file', { ...slowlyInMiB(), stall: 1000 });
    expect(await run(program, ['listen', options, uri, path])).toMatchObject({
      status: 0,
      stdout: 'nothing left to do\n',
      stderr: '',
    });
    expect(await downloads.enumDownloads({ uri })).toHaveLength(1);
  });

  it('when nothing more can arrive', async ({ server, path }) => {
    const uri = server.serve('file', { ...slowlyInMiB(), stall: 1000 });
    const child = start(program, ['gone', options, uri, path]);
    await child.said('ready.');
    await killService();
    expect(await child.ended).toMatchObject({
      status: 0,
      stdout: 'ready.\nDO_E_NO_DOWNLOADS\nnothing left to do\n',
      stderr: '',
    });
  });
});

describe('while a write of the service waits', () => {
  it('a process can exit', async ({ server, path }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    expect(await run(program, ['exit', options, uri, path])).toMatchObject({
      status: 0,
      stdout: 'nothing left to do\n',
      stderr: '',
    });
  });

  it('a worker can be terminated, and the main thread continues', async ({ server, path }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    expect(await run(program, ['worker', options, uri, path])).toMatchObject({
      status: 0,
      stdout: 'ended with 1\ncreated\nnothing left to do\n',
      stderr: '',
    });
  });
});

it('an error that a listener throws is an uncaught exception, and affects nothing else', async ({
  server,
  path,
}) => {
  const uri = server.serve('file', slowlyInMiB());
  const { status, stdout, stderr } = await run(program, ['throw', options, uri, path]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n').toSorted()).toEqual(
    [
      '',
      'another object heard: created',
      'nothing left to do',
      'transferred',
      'uncaught: thrown by a listener',
      'uncaught: DO_E_INVALID_STATE',
    ].toSorted(),
  );
});
