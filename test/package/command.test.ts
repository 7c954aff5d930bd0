// SPDX-License-Identifier: MIT
// `dosvc` of the installed package, as npx starts it on Windows: by cmd.exe, through dosvc.cmd in
// node_modules/.bin. npm writes that file on Windows alone, so it is written here.

import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { run } from '../processes/child.js';
import { writeShim } from '../terminal/command-shim.js';
import { objectsIn } from '../terminal/objects.js';
import { hosts, it, type App } from '../installed/fixtures.js';

interface Manifest {
  version: string;
  bin: { dosvc: string };
}

function manifestOf(app: App): Manifest {
  const file = app.path('node_modules', 'dosvc', 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

describe.for(hosts)('under $path', ({ path }) => {
  const inCmd = (app: App, args: string[]) => {
    const folder = app.path('node_modules', '.bin');
    mkdirSync(folder, { recursive: true });
    writeShim(folder, `%dp0%..\\${join('dosvc', manifestOf(app).bin.dosvc)}`);
    const env = { PATH: [folder, dirname(path), process.env.PATH].join(';') };
    const shell = { node: 'cmd.exe', flags: ['/d', '/c'], cwd: app.folder, env };
    return run(join(folder, 'dosvc.cmd'), args, shell);
  };

  it('it says its version, and what is wrong with a line', async ({ app }) => {
    const { version } = manifestOf(app);
    expect(await inCmd(app, ['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
    const wrong = await inCmd(app, ['gte']);
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toContain("'gte' is not a command.");
  });

  it('it explains a code, and diagnoses the system', async ({ app }) => {
    const explained = await inCmd(app, ['explain', '0x80D02002', '404', '--json']);
    expect(explained).toMatchObject({ status: 0, stderr: '' });
    const codes = objectsIn('explain', explained.stdout).map(({ code }) => code);
    expect(codes).toEqual(['DO_E_DOWNLOAD_NO_PROGRESS', 'BG_E_HTTP_ERROR_404']);
    const { status, stdout, stderr } = await inCmd(app, ['diagnose', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [report] = objectsIn('diagnose', stdout);
    expect(report).toMatchObject({ started: false, version: manifestOf(app).version });
  });

  it('it lists the jobs of BITS', async ({ app, job }) => {
    const { status, stdout, stderr } = await inCmd(app, ['jobs', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(objectsIn('jobs', stdout).map(({ id }) => id)).toContain(job.id);
  });
});
