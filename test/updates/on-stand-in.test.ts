// SPDX-License-Identifier: MIT
// electron-updater with Delivery Optimization, on the stand-in.

import { describe } from 'vitest';
import { it as base } from '../stand-in/client/fixtures.js';
import { testCancellations, testEndings } from './endings.js';
import { testExample } from './example.js';
import { newest, oldest } from './packages.mjs';
import { testDownload, testUpdates, type Fixtures } from './updates.js';

const it = base.extend<Fixtures>({
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named, so that it outlasts the downloads
  place: async ({ server, folder, control: _control }, use) => {
    await use({ server, folder });
  },
});

const route = 'delivery-optimization';

describe.each([newest, oldest])('$name', (pack) => {
  testDownload(it, pack, route);
  testCancellations(it, pack, route);
});

// The oldest has these cases on BITS.
testUpdates(it, newest, route);
testEndings(it, newest, route);
testExample(it, newest, route);
