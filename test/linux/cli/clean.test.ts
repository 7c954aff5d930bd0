// SPDX-License-Identifier: MIT
// dosvc clean, where there are no services and so nothing is left in them.

import { expect, it } from 'vitest';
import { dosvc } from './program.js';

it.each([[], ['--older-than', '0'], ['--older-than', '12h', '--prefix', 'com.contoso']])(
  'dosvc clean %s %s %s %s',
  async (...args) => {
    const { status, stdout, stderr } = await dosvc(['clean', ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('Nothing was left behind.\n');
    expect(await dosvc(['clean', ...args, '--json'])).toEqual({ status, stderr, stdout: '' });
  },
);
