// SPDX-License-Identifier: MIT
// `npm run check:worlds` finds each planted fault, and nothing in a clone that has none.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const tools = join(import.meta.dirname, '../../tools');
let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'dosvc-worlds-'));
  cpSync(tools, join(clone, 'tools'), { recursive: true });
});

afterEach(() => {
  rmSync(clone, { recursive: true });
});

function check(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  }
  const program = join(clone, 'tools/check/worlds.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  return { status, said: (stdout + stderr).trim() };
}

it('says in one line that all is well', () => {
  const result = check({
    'native/addon/addon.cc': '#include <napi.h>\n#include "core/value.h"\n',
    'native/com/row.cc': '#include <windows.h>\n#include "core/value.h"\n',
    'native/core/value.h': '#include <string>\n',
    'lib/jobs/job.ts': `import { binding } from '../binding';\n`,
  });
  expect(result.said).toMatch(/^Worlds: well \(\d+ C\+\+ files, 1 of lib\)\.$/);
  expect(result.status).toBe(0);
});

it.each<[fault: string, files: Record<string, string>, says: string]>([
  [
    'both worlds in one file',
    { 'test/abi/both.cc': '#include <napi.h>\n#include <Windows.h>\n' },
    'test/abi/both.cc: sees both Node-API and Windows, by way of <napi.h> and <Windows.h>',
  ],
  [
    'the other world behind two headers of ours',
    {
      'native/addon/a.cc': '#include <node_api.h>\n#include "addon/b.h"\n',
      'native/addon/b.h': '#include "../com/c.h"\n',
      'native/com/c.h': '#  include <unknwn.h>\n',
    },
    'native/addon/a.cc: sees Windows, by way of native/addon/b.h > native/com/c.h > <unknwn.h>',
  ],
  [
    'Node-API below the seam',
    { 'native/jobs/job.cc': '#include <js_native_api.h>\n' },
    'native/jobs/job.cc: sees Node-API, by way of <js_native_api.h>',
  ],
  [
    'a core that is not portable',
    { 'native/core/value.h': '#include <objbase.h>\n' },
    'native/core/value.h: sees Windows, by way of <objbase.h>',
  ],
  [
    'a door that looks below the public API',
    { 'lib/cli/main.ts': `import { errors } from '../errors';\n` },
    'lib/cli/main.ts (door): imports lib/errors (objects)',
  ],
  [
    'convenience at the boundary',
    { 'lib/transfer/file.ts': `import type { Binding } from '../../typings/binding';\n` },
    'lib/transfer/file.ts (convenience): imports typings/binding (boundary)',
  ],
])('finds %s', (_, files, says) => {
  const { status, said } = check(files);
  expect(status).toBe(1);
  expect(said.split('\n')).toContain(says);
});
