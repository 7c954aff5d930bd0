// SPDX-License-Identifier: MIT
// The blocks of docs/powershell.md, run by PowerShell.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { settled } from '../service/fixtures.js';
import { service } from '../service/service.js';
import { writeShim } from '../terminal/command-shim.js';
import { it } from './pwsh.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/powershell.md'), 'utf8');
const all = Array.from(page.matchAll(/```powershell\r?\n(.*?)```/gs), ([, block = '']) => block);
const notRun = all.filter((block) => block.startsWith('# Not run'));
const [jobs = '', wrapper = '', sorted = '', failed = '', process = ''] = all.filter(
  (block) => !notRun.includes(block),
);

/** A script that has `dosvc` on its path, in a folder. */
function scriptIn(folder: string, ...lines: string[]): string {
  const { PATH } = writeShim(folder);
  const file = join(folder, 'page.ps1');
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const head = [
    `$env:PATH = ${quoted(PATH)}`,
    // Under Wine, PowerShell finds no .cmd by its name alone.
    `Set-Alias dosvc ${quoted(join(folder, 'dosvc.cmd'))}`,
    `Set-Location ${quoted(folder)}`,
  ];
  // With a byte order mark, which Windows PowerShell needs to read UTF-8.
  writeFileSync(file, `\uFEFF${[...head, ...lines].join('\r\n')}\r\n`);
  return file;
}

it('has five blocks that are run, and two that are not', () => {
  expect([all.length, notRun.length]).toEqual([7, 2]);
});

it('jobs are objects, and transferred ones are completed', async ({
  pwsh,
  folder,
  server,
  job,
}) => {
  const path = join(folder, 'Größe.bin');
  await job.addFile(server.file('whole').url, path);
  await job.resume();
  expect(await settled(job)).toBe(true);
  const File = scriptIn(folder, jobs.replace('Contoso*', 'dosvc test'));
  const { stdout, stderr, status } = await pwsh('page', { File });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toContain('Completed.');
  expect(existsSync(path)).toBe(true);
});

it('Get-DosvcJob makes objects with types of their own', async ({ pwsh, folder, server, job }) => {
  await job.addFile(server.file('whole').url, join(folder, 'Größe – 日本.bin'));
  const print = [
    `$one = Get-DosvcJob -Id '${job.id}' -Service '${service.name}'`,
    `$types = $one.Id.GetType().Name, $one.BytesTransferred.GetType().Name, $one.PSTypeNames[0]`,
    `[pscustomobject] @{ one = $one; types = $types; listed = @(Get-DosvcJob | Where-Object Id -eq $one.Id).Count } | ConvertTo-Json -Compress -Depth 5`,
  ];
  const File = scriptIn(folder, wrapper, sorted.replace(/^/, '$null = '), ...print);
  const { stdout, stderr, status } = await pwsh('page', { File });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(JSON.parse(stdout)).toMatchObject({
    one: {
      ...{ Id: job.id, Name: 'dosvc test', State: 'suspended', BytesTransferred: 0 },
      Files: [join(folder, 'Größe – 日本.bin')],
    },
    types: ['Guid', 'Int64', 'Dosvc.Job'],
    listed: 1,
  });
});

it('a failure is an object, and its status a number', async ({ pwsh, folder, server }) => {
  const { url } = server.file(404);
  const block = failed.replace('https://example.com/app.msix', url);
  const File = scriptIn(folder, block, '"status $LASTEXITCODE"', process);
  const { stdout, status } = await pwsh('page', { File });
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split(/\r?\n/);
  expect(lines[0]).toMatch(/^BG_E_HTTP_ERROR_404: /);
  expect(lines.slice(-2)).toEqual(['status 1', '0']);
});
