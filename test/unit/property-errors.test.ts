// SPDX-License-Identifier: MIT
// What the error of a property says: the property, and where it exists if it does not exist here.

import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { properties } from '../../lib/downloads/properties.js';
import { DosvcError, errorOf } from '../../lib/errors.js';
import { addedFileProperties, fileProperties, jobProperties } from '../../lib/jobs/properties.js';
import type { Outcome } from '../../typings/binding.js';

const build = release().split('.')[2] ?? '?';

/** An object on which every call has this outcome. */
function failing(outcome: Omit<Outcome, 'value'>) {
  return {
    call: (operation: string) =>
      Promise.reject(errorOf({ value: null, ...outcome }, { service: 'BITS', operation })),
  };
}

/** The message of a call that must reject with a DosvcError. */
async function messageOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  if (!(error instanceof DosvcError)) throw new Error('no DosvcError');
  return error.message;
}

type Target = ReturnType<typeof failing>;

type Call = (on: Target) => Promise<unknown>;

describe.for<[what: string, get: Call, set: Call, where: string]>([
  [
    'a property of a job',
    (on) => jobProperties.get(on, 'costFlags'),
    (on) => jobProperties.set(on, 'costFlags', 'unrestricted'),
    "'costFlags'. It requires Windows build 9200 or later",
  ],
  [
    'a property of jobs of one service',
    (on) => jobProperties.get(on, 'onDemandMode'),
    (on) => jobProperties.set(on, 'onDemandMode', true),
    "'onDemandMode'. It requires Windows build 15063 or later and BITS",
  ],
  [
    'a property of a file',
    (on) => fileProperties.get(on, 'httpResponseHeaders'),
    (on) => fileProperties.set(on, 'httpResponseHeaders', 'a: b'),
    "'httpResponseHeaders'. It requires Windows build 9200 or later",
  ],
  [
    'a property of a file without a path',
    (on) => addedFileProperties.get(on, 'totalSizeBytes'),
    (on) => addedFileProperties.set(on, 'totalSizeBytes', 1),
    "'totalSizeBytes'. It requires Windows build 17134 or later and Delivery Optimization",
  ],
  [
    'a property of a download',
    (on) => properties.get(on, 'nonVolatile'),
    (on) => properties.set(on, 'nonVolatile', true),
    "'nonVolatile'. It requires Windows build 22621 or later",
  ],
])('%s', ([, get, set, where]) => {
  it.each([
    ['unknown to Delivery Optimization', { hresult: 0x80d02011 }],
    ['unknown to BITS', { hresult: 0x80200057 }],
    ['of a missing interface', { hresult: 0x80004002, stage: 'interface' } as const],
  ])('that is %s: the error names the first build that has it', async (_what, outcome) => {
    const end = `The property is ${where}; this is build ${build}.`;
    for (const call of [get, set]) {
      expect(await messageOf(call(failing(outcome)))).toContain(end);
    }
  });

  it('that is refused for another reason: the error names it', async () => {
    const [name] = where.split('.');
    for (const call of [get, set]) {
      const message = await messageOf(call(failing({ hresult: 0x80070005 })));
      expect(message.endsWith(`The property is ${String(name)}.`)).toBe(true);
    }
  });
});

it('docs/jobs.md lists the same builds and services', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/jobs.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (`.*?) +\| (job|file) +\| (\w[\w ]*?) +\| (\d+) +\|$/gm)];
  const unknown = errorOf(
    { hresult: 0x80200057, value: null },
    { service: 'BITS', operation: 'SetProperty' },
  );
  for (const [, names = '', of = '', service = '', since = ''] of rows) {
    const only = service === 'both' ? '' : ` and ${service}`;
    for (const [, name = ''] of names.matchAll(/`(\w+)`/g)) {
      const table = of === 'job' ? jobProperties : fileProperties;
      expect(table.explain(name, unknown)).toMatchObject({
        message: expect.stringContaining(`build ${since} or later${only};`) as string,
      });
    }
  }
  expect(rows.flatMap(([, names]) => [...(names ?? '').matchAll(/`\w+`/g)])).toHaveLength(15);
});

it('an error keeps its code, its operation, and whether the call may have run', async () => {
  const target = failing({ hresult: 0x800706be });
  await expect(jobProperties.set(target, 'costFlags', 'unrestricted')).rejects.toMatchObject({
    code: 'RPC_S_CALL_FAILED',
    operation: 'IBackgroundCopyJob5::SetProperty',
    mayHaveRun: true,
  });
});
