// SPDX-License-Identifier: MIT
// dosvc clean, where there are no services and so nothing is left in them.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HttpServer } from '../../http/server.js';
import { objectsIn } from '../../terminal/objects.js';
import { dosvc, start } from '../../terminal/program.js';

/** The text of the file with an extension; empty if there is none. */
function textOf(folder: string, extension: string): string {
  const name = readdirSync(folder).find((one) => one.endsWith(extension));
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
}

it.each([[], ['--older-than', '0'], ['--older-than', '12h', '--prefix', 'com.contoso']])(
  'dosvc clean %s %s %s %s',
  async (...args) => {
    const { status, stdout, stderr } = await dosvc(['clean', ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('Nothing was left behind.\n');
    expect(await dosvc(['clean', ...args, '--json'])).toEqual({ status, stderr, stdout: '' });
  },
);

it('deletes what a dosvc get left in a folder that was killed', async () => {
  const server = await HttpServer.start();
  const cwd = mkdtempSync(join(tmpdir(), 'dosvc-clean-'));
  try {
    server.hold();
    const { url } = server.file('held');
    const { child, ended } = start(['get', url, 'a.bin', '--json', '--key', 'k'], { cwd });
    await new Promise((begun) => child.stdout?.once('data', begun));
    // Killed as it creates that file, it leaves an empty one, of which nothing is known.
    await expect.poll(() => textOf(cwd, '.meta')).toContain('"k"');
    child.kill('SIGKILL');
    await ended;
    const args = ['clean', '--folder', '.', '--older-than', '0', '--json'];
    const { status, stdout } = await dosvc(args, { cwd });
    expect(status).toBe(0);
    expect(objectsIn('clean', stdout)).toMatchObject([{ kind: 'ended', route: 'http', key: 'k' }]);
    expect(readdirSync(cwd)).toEqual([]);
  } finally {
    await server.stop();
    rmSync(cwd, { recursive: true });
  }
});
