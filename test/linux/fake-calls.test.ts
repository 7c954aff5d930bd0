// SPDX-License-Identifier: MIT
// The real addon over the fake engine, plain and under each sanitizer: calls, values, events,
// questions and streams. A scenario asserts by itself; what a sanitizer finds ends it with a report.

import { describe, expect, it } from 'vitest';
import { asan, builds, run } from './fake/builds';

// Each kind of work in whose middle memory ends.
const works = [
  ...['connect', 'invoke', 'hop', 'wrong row', 'wrong value', 'detail'],
  ...['deadline', 'release', 'unite', 'events', 'questions', 'stream'],
];

const scenarios: [what: string, scenario: string, args?: string[]][] = [
  ['64 promises in flight on 8 objects, and several calls in one hop', 'promises'],
  ['every kind of value', 'values'],
  ['failures, and the end of memory', 'failures'],
  ['memory that runs out once, at every point', 'scarcity', ['once', ...works]],
  ['memory that runs out for good, at every point', 'scarcity', ['for-good', ...works]],
  ['secrets, which are wiped', 'secrets'],
  ['the end of objects', 'objects'],
  ['objects that go on with what others have', 'renewal'],
  ['objects that share a queue', 'union'],
  ['events of four foreign threads', 'events'],
  ['questions', 'questions'],
  ['streams that foreign threads write', 'streams'],
];

const seed = process.env.DOSVC_TEST_SEED ?? String(Date.now() % 2 ** 31);

describe.each(builds)('$name', (build) => {
  it.each(scenarios)('%s', async (_, scenario, args) => {
    expect(await run(build, scenario, args)).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });

  // Leaks are what there is to find here, and many environments take their time.
  if (build === asan) {
    it.each(['once', 'for-good'])('the same in an environment’s life: %s', async (mode) => {
      const ended = await run(build, 'scarcity', [mode, 'environment']);
      expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
    });
  }

  it('everything at once, at random', async () => {
    const ended = await run(build, 'storm', [seed]);
    expect(ended, `DOSVC_TEST_SEED=${seed}`).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
