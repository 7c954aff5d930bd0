// SPDX-License-Identifier: MIT
// The real addon on the fake engine, plain or under each sanitizer: calls, values, events,
// questions and streams. Each scenario has its own assertions; a sanitizer's finding ends it with a
// report.

import { describe, expect, it } from 'vitest';
import { asan, builds, run } from './fake/builds';

// The kinds of work in the middle of which memory runs out.
const works = [
  ...['connect', 'invoke', 'hop', 'wrong row', 'wrong value', 'detail'],
  ...['deadline', 'release', 'unite', 'events', 'questions', 'stream', 'system'],
];

const scenarios: [what: string, scenario: string, args?: string[]][] = [
  ['64 promises in flight on 8 objects, and several calls in one hop', 'promises'],
  ['every kind of value', 'values'],
  ['failures, and the end of memory', 'failures'],
  ['memory that runs out once, at every point', 'scarcity', ['once', '1', '1', ...works]],
  ['memory that runs out for good, at every point', 'scarcity', ['for-good', '1', '1', ...works]],
  ['secrets, which are wiped', 'secrets'],
  ['the end of objects', 'objects'],
  ['objects that go on with what others have', 'renewal'],
  ['objects that share a queue', 'union'],
  ['events of four foreign threads', 'events'],
  ['questions', 'questions'],
  ['reads of the system', 'system'],
  ['streams that foreign threads write', 'streams'],
];

const seed = process.env.DOSVC_TEST_SEED ?? String(Date.now() % 2 ** 31);

describe.each(builds)('$name', (build) => {
  it.each(scenarios)('%s', async (_, scenario, args) => {
    expect(await run(build, scenario, args)).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });

  // Only leaks can be found here. Many environments take long, so each process has a quarter of the
  // points.
  if (build === asan) {
    const quarters = ['1', '2', '3', '4'].flatMap((first) => [
      ['once', first],
      ['for-good', first],
    ]);
    it.each(quarters)('memory runs out in an environment: %s, quarter %s', async (...quarter) => {
      const ended = await run(build, 'scarcity', [...quarter, '4', 'environment']);
      expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
    });
  }

  it('everything works at once, at random', async () => {
    const ended = await run(build, 'storm', [seed]);
    expect(ended, `DOSVC_TEST_SEED=${seed}`).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
