// SPDX-License-Identifier: MIT
// The real addon over the fake engine, plain and under each sanitizer: the lending of threads,
// urgent calls and deadlines.

import { describe, expect, it } from 'vitest';
import { builds, run } from './fake/builds';

const scenarios: [what: string, scenario: string, args: string[]][] = [
  ['4 calls that hang hold back nothing but their objects', 'lending', ['4']],
  ['24 calls that hang, neither', 'lending', ['24']],
  ['40 calls that hang take 32 threads, and leave none behind', 'lending', ['40']],
  ['urgent calls overtake what hangs, and nothing else', 'urgent', []],
  ['deadlines of calls that run and of calls that wait', 'deadlines', []],
];

// Most of the time nothing but the clock runs: so they run side by side.
describe.each(builds)('$name', (build) => {
  it.concurrent.each(scenarios)('%s', async (_, scenario, args) => {
    const ended = await run(build, scenario, args);
    expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
