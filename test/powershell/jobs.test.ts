// SPDX-License-Identifier: MIT
// Scripts start programs that use the library: what reaches the programs, and what the scripts read of
// them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { onWinesBits, service } from '../service/service.js';
import { it } from './pwsh.js';

const Service = service.name;

it('a script downloads a file, with names in any script', async ({ pwsh, server, folder }) => {
  const { url, content } = server.file('whole');
  const Name = 'Größe – 日本 😀 "in quotes" & 100 %';
  const Path = join(folder, 'drei – äöü 日本.bin');
  const { stdout, stderr, status } = await pwsh('download', { Service, Name, Url: url, Path });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const { begun, ...rest } = JSON.parse(stdout) as { begun: { id: string } };
  const { id } = begun;
  expect(begun).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    displayName: Name,
    sameName: true,
    error: null,
    // Wine's BITS has no times.
    times: !onWinesBits,
  });
  expect(rest).toEqual({
    statuses: [0, 0],
    done: { id, state: 'acknowledged', bytes: content.length, path: Path },
    sha256: createHash('sha256').update(content).digest('hex').toUpperCase(),
  });
  expect(readFileSync(Path).equals(content)).toBe(true);
});

it("a script reads a job's error, and its program's status", async ({
  pwsh,
  server,
  folder,
  job,
}) => {
  await job.addFile(server.file(404).url, join(folder, 'file.bin'));
  await job.resume();
  const File = join(folder, 'error.json');
  const { stdout, stderr, status } = await pwsh('fail', { Service, Id: job.id, File });
  expect({ stderr, status }).toEqual({ stderr: '', status: 3 });
  expect(JSON.parse(stdout)).toEqual({
    output: null,
    succeeded: false,
    status: 3,
    code: 'BG_E_HTTP_ERROR_404',
    httpStatus: 404,
    thrown: 3,
  });
});

it("a script sends a program's output to files, and starts several programs", async ({
  pwsh,
  folder,
  job,
}) => {
  const { stdout, stderr, status } = await pwsh('redirect', {
    ...{ Service, Id: job.id, Folder: folder },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(JSON.parse(stdout)).toEqual({
    debugged: 1,
    errors: 1,
    status: 0,
    states: Array.from({ length: 6 }, () => 'suspended'),
  });
});
