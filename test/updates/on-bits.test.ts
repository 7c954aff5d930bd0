// SPDX-License-Identifier: MIT
// electron-updater with BITS.

import { describe, expect } from 'vitest';
import { onBits } from '../service/on-bits.js';
import { testEndings } from './endings.js';
import { testExample } from './example.js';
import { newest, oldest } from './packages.mjs';
import { testDownload, testUpdates, type Fixtures } from './updates.js';
import { bothWays, expectByService } from './ways.js';

const it = onBits.extend<Fixtures>({
  place: async ({ server, folder }, use) => {
    await use({ server, folder });
  },
});
const route = 'bits';

describe.each([newest, oldest])('$name', (pack) => {
  testDownload(it, pack, route);

  it('sends credentials to their own origin', async ({ place }) => {
    const headers = { Authorization: 'Bearer s3cret' };
    const one = await bothWays({ ...place, pack, route }, async ({ feed, start }) => {
      feed.publish('2.0.0');
      const application = start({ headers });
      await application.update();
      return application;
    });
    expectByService(one, route);
    const asked = place.server.asked.filter(({ path }) => path === '/attached/app-2.0.0.exe');
    expect(asked.length).toBeGreaterThan(0);
    for (const { headers } of asked) expect(headers.authorization).toBe('Bearer s3cret');
  });
});

// The newest has these cases on Delivery Optimization, and cancellations at any moment: Wine's BITS takes
// seconds for one.
testUpdates(it, oldest, route);
testEndings(it, oldest, route);
testExample(it, oldest, route);
