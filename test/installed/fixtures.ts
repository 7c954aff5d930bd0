// SPDX-License-Identifier: MIT
// A user's folder with the package installed in it, a copy for each test. `npm test` packs and
// installs the package, outside the clone.

import { App } from './app.js';
import { run } from '../processes/child.js';
import { it as base } from '../service/fixtures.js';

export type { App } from './app.js';

const { DOSVC_TEST_APP: installed, DOSVC_TEST_HOSTS: paths } = process.env;
if (installed === undefined || paths === undefined) {
  throw new Error('These tests want the package packed and installed: run them with `npm test`.');
}

/** The Windows builds of Node to run it with. */
export const hosts = (JSON.parse(paths) as string[]).map((path) => ({ path }));

export const it = base.extend<{ app: App }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads the fixtures from the pattern
  app: async ({}, use) => {
    const app = new App(installed, run);
    await use(app);
    app.remove();
  },
});
