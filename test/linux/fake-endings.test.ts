// SPDX-License-Identifier: MIT
// The real addon on the fake engine, plain or under each sanitizer: what keeps the process alive,
// and the end of environments in the middle of calls, events and questions.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addonOf, builds, run } from './fake/builds';

// What Node prints of an uncaught error, and nothing else.
const uncaught = /^\S+\.cjs:\d+\n.*\n +\^\n\nError: planted\n( +at .*\n)+\nNode\.js v\S+\n$/;

// Node then ends without freeing its own memory, so leak reports mean nothing.
const leavesAll = { LSAN_OPTIONS: 'detect_leaks=0' };

describe.each(builds)('$name', (build) => {
  it('the process stays alive for calls whose caller waits', async () => {
    const ended = await run(build, 'holding');
    expect(ended).toEqual({ status: 0, stdout: 'settled\nexit\n', stderr: '' });
  });

  it('the main environment returns with calls pending', async () => {
    const ended = await run(build, 'endings', ['return']);
    expect(ended).toEqual({ status: 0, stdout: 'exit 0 true\n', stderr: '' });
  });

  it('the main environment exits with calls pending', async () => {
    const ended = await run(build, 'endings', ['exit'], leavesAll);
    expect(ended).toEqual({ status: 3, stdout: 'exit 3 true\n', stderr: '' });
  });

  it.each(['throw', 'throw in the listener'])(
    'the main environment ends by a %s with calls pending',
    async (ending) => {
      const { status, stdout, stderr } = await run(build, 'endings', [ending], leavesAll);
      expect(stderr).toMatch(uncaught);
      expect([status, stdout]).toEqual([1, 'exit 1 true\n']);
    },
  );

  it('20 workers end in the middle of everything, and the main thread works on', async () => {
    const ended = await run(build, 'workers');
    expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });

  it('30 workers end early', async () => {
    const ended = await run(build, 'early-ends');
    expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });

  it('several copies of the addon work, in the main thread and in workers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-copy-'));
    const copy = join(folder, 'copy.node');
    copyFileSync(addonOf(build), copy);
    const ended = await run(build, 'copies', [], { DOSVC_FAKE_COPY: copy });
    rmSync(folder, { recursive: true });
    expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
