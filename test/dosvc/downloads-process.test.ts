// SPDX-License-Identifier: MIT
// What downloads and streams do to the process that they are in: what keeps it alive, what does not,
// and how it ends in the middle.

import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { run, start } from '../lifecycle/child.js';
import { killService } from './death.js';
import { it } from './downloads.js';
import { slowly } from './fixtures.js';
import { standIn } from './installation.js';
import { bytesOf } from './transfer/range-server.js';

const program = join(import.meta.dirname, 'programs', 'download.mjs');
const options = JSON.stringify({ ...standIn, pollInterval: 50 });

describe('a process stays alive', () => {
  it.for([
    ['stream', '500000 bytes'],
    ['wait', 'transferred'],
    ['ref', 'finalized'],
  ] as const)('by %s, until %s', async ([way, last], { server, path }) => {
    const uri = server.serve('file', slowly(500_000));
    expect(await run(program, [way, options, uri, path])).toEqual({
      status: 0,
      signal: null,
      stdout: `${last}\nnothing left to do\n`,
      stderr: '',
    });
  });
});

describe('a process ends by itself', () => {
  it('whatever it listens to', async ({ server, path, downloads }) => {
    const uri = server.serve('file', { ...slowly(500_000), stall: 1000 });
    expect(await run(program, ['listen', options, uri, path])).toMatchObject({
      status: 0,
      stdout: 'nothing left to do\n',
      stderr: '',
    });
    expect(await downloads.enumDownloads({ uri })).toHaveLength(1);
  });

  it('where nothing can come any more', async ({ server, path }) => {
    const uri = server.serve('file', { ...slowly(500_000), stall: 1000 });
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

describe('while the service holds a write', () => {
  it('a process ends', async ({ server, path }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    expect(await run(program, ['exit', options, uri, path])).toMatchObject({
      status: 0,
      stdout: 'nothing left to do\n',
      stderr: '',
    });
  });

  it('a worker is terminated, and the main thread goes on', async ({ server, path }) => {
    const uri = server.serve('file', { content: bytesOf(20_000_000) });
    expect(await run(program, ['worker', options, uri, path])).toMatchObject({
      status: 0,
      stdout: 'ended with 1\ncreated\nnothing left to do\n',
      stderr: '',
    });
  });
});

it('what a listener throws is an uncaught exception, and nobody else’s affair', async ({
  server,
  path,
}) => {
  const uri = server.serve('file', slowly(300_000));
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
