// SPDX-License-Identifier: MIT
// A binary that is missing, broken, or of another version: each failure reports which it is.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { it, type App } from '../installed/fixtures.js';

interface Failure {
  supported: boolean;
  attached: boolean;
  said: string[];
  name: string;
  code: string;
  message: string;
  cause?: string;
}

async function failure(app: App): Promise<Failure> {
  const { status, stdout, stderr } = await app.run('try.cjs');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Failure;
}

const failing = (code: string) => ({
  ...{ supported: false, attached: false, name: 'DosvcError', code },
  said: [expect.stringContaining('its binary cannot be loaded') as string],
});

const manifest = (app: App) =>
  JSON.parse(readFileSync(app.path('node_modules', 'dosvc', 'package.json'), 'utf8')) as {
    version: string;
  };

describe('a binary that a bundler', () => {
  const reported = async (app: App, way: string) => {
    const { status, stdout, stderr } = await app.run('bundled.cjs', [way]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as Failure;
  };

  it('wrapped in a namespace object works', async ({ app }) => {
    const works = { supported: true, attached: true, said: [], connected: true };
    expect(await reported(app, 'namespace')).toEqual(works);
  });

  it.for([
    ['its path', 'a path'],
    ['its path in a namespace object', 'a path'],
    ['its bytes', 'something else'],
    ['nothing', 'something else'],
  ])('replaced with %s causes ERR_DOSVC_LOAD_FAILED', async ([way = '', found = ''], { app }) => {
    const { message, ...rest } = await reported(app, way);
    expect(rest).toEqual(failing('ERR_DOSVC_LOAD_FAILED'));
    expect(message).toContain(`A bundler put ${found} in the place of the dosvc binary.`);
    expect(message).toContain('Mark dosvc as external');
  });
});

describe('a binary', () => {
  it('that is missing causes ERR_DOSVC_NO_BINARY', async ({ app }) => {
    rmSync(app.binary);
    const { message, cause, ...rest } = await failure(app);
    expect(rest).toEqual(failing('ERR_DOSVC_NO_BINARY'));
    expect(message).toContain(`win32-${process.arch}`);
    expect(cause).toContain('Cannot find module');
  });

  it('that does not load causes ERR_DOSVC_LOAD_FAILED, with the reason', async ({ app }) => {
    writeFileSync(app.binary, 'This is no library.');
    const { message, cause, ...rest } = await failure(app);
    expect(rest).toEqual(failing('ERR_DOSVC_LOAD_FAILED'));
    expect(cause).toBeTruthy();
    expect(message).toContain(cause);
  });

  it('that is of another version causes ERR_DOSVC_LOAD_FAILED', async ({ app }) => {
    const { version } = manifest(app);
    const other = version.replace(/\d/, '9');
    const bytes = readFileSync(app.binary, 'latin1');
    expect(bytes).toContain(version);
    writeFileSync(app.binary, bytes.replaceAll(version, other), 'latin1');
    const { message, ...rest } = await failure(app);
    expect(rest).toEqual(failing('ERR_DOSVC_LOAD_FAILED'));
    expect(message).toContain(
      `The native binary belongs to dosvc ${other}, but the package is version ${version}.`,
    );
  });
});
