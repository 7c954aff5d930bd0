// SPDX-License-Identifier: MIT
// `npm run check:worlds` finds each planted fault, and nothing in a clone that has none.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlantedClone } from './planted-clone.js';

let clone: PlantedClone;

beforeAll(() => {
  clone = new PlantedClone();
});

afterAll(() => {
  clone.remove();
});

const check = (files: Record<string, string>) => clone.check('worlds.mjs', files);

it('reports in one line that there are no faults', () => {
  const result = check({
    'native/addon/addon.cc': '#include <napi.h>\n#include "core/value.h"\n',
    'native/com/row.cc': '#include <windows.h>\n#include "core/value.h"\n',
    'native/core/value.h': '#include <string>\n',
    'lib/jobs/job.ts': `import { binding } from '../binding';\n`,
  });
  expect(result.said).toMatch(/^Worlds: passed \(\d+ C\+\+ files, 1 of lib\)\.$/);
  expect(result.status).toBe(0);
});

it.each<[fault: string, files: Record<string, string>, says: string]>([
  [
    'both worlds in one file',
    { 'test/abi/both.cc': '#include <napi.h>\n#include <Windows.h>\n' },
    'test/abi/both.cc: includes both Node-API and Windows, through <napi.h> and <Windows.h>',
  ],
  [
    'the other world behind two headers of ours',
    {
      'native/addon/a.cc': '#include <node_api.h>\n#include "addon/b.h"\n',
      'native/addon/b.h': '#include "../com/c.h"\n',
      'native/com/c.h': '#  include <unknwn.h>\n',
    },
    'native/addon/a.cc: includes Windows through native/addon/b.h > native/com/c.h > <unknwn.h>',
  ],
  [
    'Node-API below the seam',
    { 'native/jobs/job.cc': '#include <js_native_api.h>\n' },
    'native/jobs/job.cc: includes Node-API through <js_native_api.h>',
  ],
  [
    'com/ that knows a job',
    { 'native/com/sink.cc': '#include "jobs/job.h"\n' },
    'native/com/sink.cc: includes jobs/job.h',
  ],
  [
    'a core that is not portable',
    { 'native/core/value.h': '#include <objbase.h>\n' },
    'native/core/value.h: includes Windows through <objbase.h>',
  ],
  [
    'a feed that knows downloads',
    {
      'lib/feed/feed.ts': `import { isFinal } from '../downloads/status';
`,
    },
    'lib/feed/feed.ts (feed): imports lib/downloads/status (objects)',
  ],
  [
    'an arrow up',
    {
      'lib/remote/remote.ts': `import { Feed } from '../feed/feed';
`,
    },
    'lib/remote/remote.ts (remote): imports lib/feed/feed (feed)',
  ],
  [
    'a command that knows a job',
    {
      'lib/cli/commands/job.ts': `import { BackgroundCopyJob } from '../../jobs/job';
`,
    },
    'lib/cli/commands/job.ts (cli): imports lib/jobs/job (objects)',
  ],
  [
    'a public API that knows a command',
    { 'lib/index.ts': `export { explain } from './cli/commands/explain';\n` },
    'lib/index.ts (index): imports lib/cli/commands/explain (cli)',
  ],
])('finds %s', (_, files, says) => {
  const { status, said } = check(files);
  expect(status).toBe(1);
  expect(said.split('\n')).toContain(says);
});
