// SPDX-License-Identifier: MIT
// The commands that need a service, where there is none: the code and the text on stderr, and status 1.

import { expect, it } from 'vitest';
import { objectsIn } from '../../terminal/objects.js';
import { dosvc } from '../../terminal/program.js';

const id = '11111111-2222-3333-4444-555555555555';

it.each([
  ['jobs'],
  ['jobs', '--all-users'],
  ['downloads'],
  ['job', id],
  ['job', `{${id.toUpperCase()}}`],
  ['suspend', id],
  ['resume', id],
  ['cancel', id],
  ['complete', id],
  ['watch'],
  ['watch', id],
])('dosvc %s %s', async (...args) => {
  const { status, stdout, stderr } = await dosvc(args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    /^dosvc: This needs the services of Windows\. \(ERR_DOSVC_UNSUPPORTED_PLATFORM\)\n$/,
  );
  const json = await dosvc([...args, '--json']);
  expect({ status: json.status, stderr: json.stderr }).toEqual({ status, stderr });
  expect(objectsIn(args[0], json.stdout)).toEqual([
    expect.objectContaining({ kind: 'error', code: 'ERR_DOSVC_UNSUPPORTED_PLATFORM' }),
  ]);
});
