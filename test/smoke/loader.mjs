// SPDX-License-Identifier: MIT
// Loading the package: as an ES module and as CommonJS, and the binary on the first call.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as imported from 'dosvc';

const require = createRequire(import.meta.url);
const binaries = () => Object.keys(require.cache).filter((file) => file.endsWith('.node')).length;

/** @param {import('./scene.mjs').Scene} scene */
export async function loader({ check }) {
  await check('import and require share one instance', () => {
    const required = require('dosvc');
    assert.equal(imported.BackgroundCopyManager, required.BackgroundCopyManager);
    assert.deepEqual(
      Object.keys(required).filter((name) => !(name in imported)),
      [],
    );
  });
  await check('the first call loads the binary, once', () => {
    assert.equal(binaries(), 0);
    assert.equal(imported.isSupported(), true);
    assert.equal(imported.isSupported(), true);
    assert.equal(binaries(), 1);
  });
}
