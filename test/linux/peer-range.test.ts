// SPDX-License-Identifier: MIT
// npm installs the package beside any version of electron-updater, and beside none: attach() itself looks at
// the version.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it as base } from 'vitest';

const manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
) as { peerDependencies: Record<string, string>; peerDependenciesMeta: object };

// The npm that runs the tests hands its own settings on, such as `--silent`.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
);

const it = base.extend<{ folder: string }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-peer-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

function packageIn(folder: string, name: string, more: object): void {
  mkdirSync(join(folder, name), { recursive: true });
  const text = JSON.stringify({ name, version: '1.0.0', ...more });
  writeFileSync(join(folder, name, 'package.json'), text);
}

/** What npm answers to an application that has a version of electron-updater, and takes dosvc with a range. */
function install(folder: string, version: string | undefined, range: string): string {
  const { peerDependenciesMeta } = manifest;
  packageIn(folder, 'dosvc', {
    ...{ peerDependencies: { 'electron-updater': range }, peerDependenciesMeta },
  });
  const has = version === undefined ? {} : { 'electron-updater': 'file:../electron-updater' };
  if (version !== undefined) packageIn(folder, 'electron-updater', { version });
  packageIn(folder, 'app', { dependencies: { ...has, dosvc: 'file:../dosvc' } });
  const { stdout, stderr, status } = spawnSync(
    'npm',
    ['install', '--dry-run', '--offline', '--no-audit', '--no-fund', '--install-links'],
    { cwd: join(folder, 'app'), encoding: 'utf8', env },
  );
  return status === 0 ? stdout.trim() : stderr;
}

it.for([
  ['5.3.0', 'added 2 packages'],
  ['7.0.0-alpha.7', 'added 2 packages'],
  [undefined, 'added 1 package'],
])('npm installs it beside electron-updater %s', ([version, says = ''], { folder }) => {
  expect(install(folder, version, manifest.peerDependencies['electron-updater'] ?? '')).toContain(
    says,
  );
});

it('a range of the versions that were tried would stop npm', ({ folder }) => {
  expect(install(folder, '7.0.0-alpha.7', '^6.1.8')).toContain('ERESOLVE');
});
