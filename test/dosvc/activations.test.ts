// SPDX-License-Identifier: MIT
// Clients that come and go at the same time: each is answered.

import { describe, expect } from 'vitest';
import { Control } from './control.js';
import { connect, it } from './fixtures.js';

describe('the class', () => {
  // Some come while others let go of it.
  it('answers everybody of a crowd', async ({ control }) => {
    const before = await control.count('process');
    let answered = 0;
    const client = async () => {
      for (let times = 0; times < 50; times++) {
        const one = await Control.connect();
        one.close();
        await (await connect()).close();
        answered++;
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(client));
    expect(answered).toBe(300);
    expect(await control.count('process')).toBe(before);
  });
});
