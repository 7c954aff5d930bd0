// SPDX-License-Identifier: MIT
// The real addon over the fake engine, plain and under each sanitizer: calls, values, events,
// questions and streams. A scenario asserts by itself; what a sanitizer finds ends it with a report.

import { describe, expect, it } from 'vitest';
import { builds, run } from './fake/builds';

const scenarios: [what: string, scenario: string][] = [
  ['64 promises in flight on 8 objects, and several calls in one hop', 'promises'],
  ['every kind of value', 'values'],
  ['failures, and the end of memory', 'failures'],
  ['the end of objects', 'objects'],
  ['objects that go on with what others have', 'renewal'],
  ['objects that share a queue', 'union'],
  ['events of four foreign threads', 'events'],
  ['questions', 'questions'],
  ['streams that foreign threads write', 'streams'],
];

describe.each(builds)('$name', (build) => {
  it.each(scenarios)('%s', async (_, scenario) => {
    expect(await run(build, scenario)).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
