// SPDX-License-Identifier: MIT
// .ci/run, with an npm whose commands end as a test says: it runs each of them, and counts those that
// could not run on the machine neither as passed nor as failed. What failed is seen at the end.

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = join(import.meta.dirname, '../../.ci/run');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-ci-run-'));
  mkdirSync(join(folder, '.ci'));
  cpSync(script, join(folder, '.ci/run'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs it, with these exit statuses; every other command succeeds. */
function run(statuses: Record<string, number>) {
  const cases = Object.entries(statuses).map(
    ([name, status]) => `"run --silent ${name}") echo "${name} ends"; exit ${String(status)};;`,
  );
  const npm = join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\n`);
  chmodSync(npm, 0o755);
  const { status, stdout, stderr } = spawnSync('bash', [join(folder, '.ci/run')], {
    encoding: 'utf8',
    env: { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) },
  });
  const lines = stdout.trim().split('\n');
  const commands = lines.filter((line) => line.startsWith('== ')).length;
  return { status, stderr, commands, last: lines.slice(lines.findIndex(isSummary)) };
}

const isSummary = (line: string) => /^not run|^failed|passed/.test(line);

it('counts what passed', () => {
  const { commands, ...rest } = run({});
  expect(commands).toBeGreaterThan(4);
  expect(rest).toEqual({ status: 0, stderr: '', last: [`${String(commands)} passed, 0 failed`] });
});

it('names what did not run, and fails only for what failed, whose output it repeats', () => {
  const notRun = { 'check:sdk': 77, 'check:dotnet': 77 };
  const names = ['check:sdk', 'check:dotnet'].map(
    (name) => `not run: ${name} (the last line of its output says why)`,
  );
  const { commands, ...rest } = run(notRun);
  const well = `${String(commands - 2)} passed, 0 failed`;
  expect(rest).toEqual({ status: 0, stderr: '', last: [...names, well] });

  const failing = run({ ...notRun, test: 1, check: 2 });
  const ill = `${String(commands - 4)} passed, 2 failed`;
  const failures = ['failed: test', 'test ends', 'failed: check', 'check ends'];
  expect(failing).toEqual({ status: 1, stderr: '', commands, last: [...names, ...failures, ill] });
});
