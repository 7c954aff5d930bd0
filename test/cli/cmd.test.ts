// SPDX-License-Identifier: MIT
// dosvc as it is started in a console: by cmd.exe, through dosvc.cmd.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../processes/child.js';
import { it } from '../service/fixtures.js';
import { service } from '../service/service.js';
import { writeShim } from '../terminal/command-shim.js';
import { objectsIn } from '../terminal/objects.js';

const only = ['--service', service.name];

function inCmd(folder: string, args: string[]) {
  const env = writeShim(folder);
  const shell = { node: 'cmd.exe', flags: ['/d', '/c'], cwd: folder, env };
  return run(join(folder, 'dosvc.cmd'), args, shell);
}

it('its exit status, stdout and stderr are those of the program', async ({ folder, job }) => {
  const explained = await inCmd(folder, ['explain', '0x80D03002']);
  expect(explained).toMatchObject({ status: 0, stderr: '' });
  expect(explained.stdout).toContain('DO_E_NO_DOWNLOAD_EXTSETTINGS');
  const wrong = await inCmd(folder, ['explain']);
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect(wrong.stderr).toContain('Usage: dosvc explain <code>...');
  const unknown = '00000000-0000-4000-8000-000000000000';
  const failed = await inCmd(folder, ['job', unknown, ...only]);
  expect(failed).toMatchObject({ status: 1, stdout: '' });
  expect(failed.stderr).toContain('BG_E_NOT_FOUND');
  const shown = await inCmd(folder, ['job', job.id, '--json', ...only]);
  expect(shown).toMatchObject({ status: 0, stderr: '' });
  expect(objectsIn('job', shown.stdout)).toMatchObject([{ id: job.id, displayName: 'dosvc test' }]);
});

it('names in any script arrive as they are', async ({ folder, server }) => {
  const { url } = server.file('whole');
  const name = 'Größe – 日本.bin';
  const { status, stdout, stderr } = await inCmd(folder, [
    'get',
    url,
    name,
    '--route',
    'http',
    '--json',
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(objectsIn('get', stdout).at(-1)).toMatchObject({ file: join(folder, name) });
  expect(readdirSync(folder)).toContain(name);
});
