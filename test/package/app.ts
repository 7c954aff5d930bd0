// SPDX-License-Identifier: MIT
// A user's folder with the package installed in it, a copy for each test. `npm test` packs and
// installs the package, outside the clone.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Ending } from '../processes/child.js';
import { it as base } from '../service/fixtures.js';

const { DOSVC_TEST_APP: installed, DOSVC_TEST_HOSTS: paths } = process.env;
if (installed === undefined || paths === undefined) {
  throw new Error('These tests want the package packed and installed: run them with `npm test`.');
}

/** The Windows builds of Node to run it with. */
export const hosts = (JSON.parse(paths) as string[]).map((path) => ({ path }));

export class App {
  readonly folder = mkdtempSync(join(tmpdir(), 'dosvc-app-'));
  /** The binary in the package. */
  readonly binary = this.path(
    'node_modules',
    'dosvc',
    'prebuilds',
    `win32-${process.arch}`,
    'dosvc.node',
  );

  constructor(from: string) {
    cpSync(from, this.folder, { recursive: true });
    cpSync(join(import.meta.dirname, 'programs'), this.folder, { recursive: true });
    cpSync(join(import.meta.dirname, '../smoke'), this.path('smoke'), { recursive: true });
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Runs one of the programs, in the folder. */
  run(program: string, args: string[] = [], node = process.execPath): Promise<Ending> {
    return run(this.path(program), args, { cwd: this.folder, node });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  }
}

export const it = base.extend<{ app: App }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  app: async ({}, use) => {
    const app = new App(installed);
    await use(app);
    app.remove();
  },
});
