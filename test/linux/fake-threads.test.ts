// SPDX-License-Identifier: MIT
// The real addon on the fake engine, plain or under each sanitizer: lent threads, overtaking
// calls, the end of threads, and deadlines.

import { describe, expect, it } from 'vitest';
import { builds, run } from './fake/builds';

const scenarios: [what: string, scenario: string, args: string[]][] = [
  ['4 calls that hang hold back nothing but their objects', 'lending', ['4']],
  ['32 calls that hang, neither', 'lending', ['32']],
  ['64 calls that hang, neither', 'lending', ['64']],
  ['200 calls that hang, neither', 'lending', ['200']],
  ['nor do 200 background calls', 'lending', ['200', 'background']],
  ['400 calls that hang leave threads for what ends them', 'lending', ['400']],
  ['270 background calls that hang leave threads for others', 'lending', ['270', 'background']],
  ['what overtakes a call that hangs', 'overtaking', []],
  ['the end of an environment that only loads', 'quiet-ends', ['loads']],
  ['of one that has let everything go', 'quiet-ends', ['lets go']],
  ['of one that holds something', 'quiet-ends', ['holds']],
  ['of one that holds something when the process ends', 'quiet-ends', ['holds to the end']],
  ['deadlines of calls that run and of calls that wait', 'deadlines', []],
];

// The scenarios mostly wait for the clock, so they run side by side.
describe.each(builds)('$name', (build) => {
  it.concurrent.each(scenarios)('%s', async (_, scenario, args) => {
    const ended = await run(build, scenario, args);
    expect(ended).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
  });
});
