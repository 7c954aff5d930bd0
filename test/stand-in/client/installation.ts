// SPDX-License-Identifier: MIT
// Installs the stand-in for the tests. Under Wine it is the system's Delivery Optimization, installed
// by the build. On Windows the system's own service is never replaced: there the stand-in has a class
// of its own, for as long as the tests run.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { underWine } from '../../system/under-wine.js';
import { Control } from './control.js';

const output = join(import.meta.dirname, '../../../build/test');

/** The stand-in's class. */
export const clsid = underWine
  ? '{5B99FA76-721C-423C-ADAC-56D03C8A8007}'
  : '{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D5}';
/** The options with which connect() reaches the stand-in. */
export const standIn = underWine ? {} : { service: clsid };

function tell(...args: string[]): void {
  const program = join(output, 'dosvc-stand-in.exe');
  execFileSync(program, [
    ...args,
    '--class',
    clsid,
    '--proxies',
    join(output, 'dosvc-control.dll'),
  ]);
}

/** Lists the tests' folders and the files of unfinished downloads. */
function temporaries(): string[] {
  const names = readdirSync(tmpdir(), { recursive: true, encoding: 'utf8' });
  return names.filter((name) =>
    /(^|\\)(DO[^\\]*\.tmp|dosvc-(stand-in|service)-[^\\]*)$/.test(name),
  );
}

/** Lists what the tests left behind. */
async function findRemains(before: string[]): Promise<string[]> {
  const control = await Control.connect();
  const jobs = await control.count('jobs');
  const downloads = await control.count('downloads');
  const held = await control.count('callbacks-held');
  control.close();
  return [
    ...(jobs > 0 ? [`${String(jobs)} jobs`] : []),
    ...(downloads > 0 ? [`${String(downloads)} downloads`] : []),
    ...(held > 0 ? [`${String(held)} callbacks`] : []),
    ...temporaries().filter((name) => !before.includes(name)),
  ];
}

/** Vitest's global setup: runs before all tests, and returns the teardown that runs after them. */
export default async function install(): Promise<() => Promise<void>> {
  const folder = underWine ? undefined : mkdtempSync(join(tmpdir(), 'dosvc-store-'));
  if (folder !== undefined) {
    tell('install', '--store', join(folder, 'jobs'));
    // The service's log is in this folder, too. service-log.ts finds it through this variable.
    process.env.DOSVC_TEST_SERVICE = folder;
  }
  // Remove what an interrupted run left behind.
  const control = await Control.connect();
  await control.removeJobs();
  control.close();
  const before = temporaries();
  return async () => {
    const remains = await findRemains(before);
    if (folder !== undefined) {
      tell('uninstall');
      rmSync(folder, { recursive: true });
    }
    if (remains.length === 0) return;
    // Vitest only prints an error that is thrown here, so set the exit code, too.
    process.exitCode = 1;
    throw new Error(`Left behind: ${remains.join(', ')}`);
  };
}
