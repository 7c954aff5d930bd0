// SPDX-License-Identifier: MIT
// dosvc get through the services, where the stand-in is Delivery Optimization: the routes, Ctrl+C, and a
// transfer that is left to a service, taken up, or cleaned away.

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../stand-in/client/downloads.js';
import { held } from '../stand-in/client/fixtures.js';
import { clsid, standIn } from '../stand-in/client/installation.js';
import { objectsIn } from '../terminal/objects.js';
import { dosvc } from './program.js';

const ok = { status: 0, stderr: '' };
// On Windows, the stand-in has a class of its own, which download() does not know.
const isSystems = Object.keys(standIn).length === 0;
const only = ['--service', clsid];

describe.each(isSystems ? ['delivery-optimization', 'bits', 'http'] : ['bits', 'http'])(
  'through %s',
  (route) => {
    it('downloads a file', async ({ server, path }) => {
      const { url, content } = server.file('whole');
      const args = ['get', url, path, '--json', '--route', route];
      const { status, stdout, stderr } = await dosvc(args);
      expect({ status, stderr }).toEqual(ok);
      const objects = objectsIn('get', stdout);
      expect(objects[0]).toMatchObject({ kind: 'start', route });
      expect(objects.at(-1)).toMatchObject({ kind: 'result', route, file: path, attempts: [] });
      expect(readFileSync(path).equals(content)).toBe(true);
    });

    it('says what the server answers, and leaves nothing', async ({ server, path, folder }) => {
      const { status, stderr } = await dosvc(['get', server.file(404).url, path, '--route', route]);
      expect(status).toBe(1);
      expect(stderr).toContain('BG_E_HTTP_ERROR_404');
      expect(readdirSync(folder)).toEqual([]);
    });
  },
);

it('says why a route failed, as the next one begins', async ({ server, path, control }) => {
  await control.setSwitch('no-download-manager', 1);
  const { url } = server.file('whole');
  // On Windows, the system's own service answers.
  const { status, stderr } = await dosvc([
    'get',
    url,
    path,
    '--route',
    'delivery-optimization,http',
  ]);
  expect(status).toBe(0);
  expect(stderr).toMatch(
    isSystems
      ? /^dosvc: Delivery Optimization could not download it: .*\(ERR_DOSVC_INTERFACE_MISSING, 0x80004002\)\s*$/
      : /^(dosvc: Delivery Optimization could not download it: .*\s*)?$/,
  );
});

it('names the file by the URL', async ({ server, folder }) => {
  const { url } = server.file('whole', 'Größe – 日本.bin');
  const { status, stdout, stderr } = await dosvc(['get', url], { cwd: folder });
  expect({ status, stderr }).toEqual(ok);
  expect(readdirSync(folder)).toEqual(['Größe – 日本.bin']);
  expect(stdout.split('\n')).toHaveLength(3);
});

it('names it so in a folder, too', async ({ server, folder }) => {
  const { url } = server.file('whole', 'Größe – 日本.bin');
  expect(await dosvc(['get', url, `${folder}\\`])).toMatchObject(ok);
  expect(readdirSync(folder)).toEqual(['Größe – 日本.bin']);
});

it('marks the file as one from the internet', async ({ server, path }) => {
  const { url } = server.file('whole');
  const args = ['get', `${url}?secret=1`, path, '--motw', '--route', 'http'];
  expect(await dosvc(args)).toMatchObject(ok);
  expect(readFileSync(`${path}:Zone.Identifier`, 'utf8')).toBe(
    `[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=${url}\r\n`,
  );
});

describe.each(isSystems ? ['delivery-optimization'] : [])('what %s is told', (route) => {
  it.for<[args: string[], foregroundPriority: boolean, costPolicy: string]>([
    [[], true, 'always'],
    [['--background'], false, 'standard'],
    [['--cost', 'no-roaming'], true, 'no-roaming'],
    [['--background', '--cost', 'unrestricted'], false, 'unrestricted'],
  ])('with %j', async ([args, foregroundPriority, costPolicy], { server, path, downloads }) => {
    const line = ['get', server.serve('held.bin', held()), path, '--detach', '--json'];
    const { status, stdout, stderr } = await dosvc([...line, ...args, ...['--route', route]]);
    expect({ status, stderr }).toEqual(ok);
    const id = String(objectsIn('get', stdout)[0]?.id);
    const [download] = await downloads.enumDownloads({ id });
    expect(await download?.getProperty('foregroundPriority')).toBe(foregroundPriority);
    expect(await download?.getProperty('costPolicy')).toBe(costPolicy);
  });
});

describe('a transfer that is left to the service', () => {
  it('is taken up by the same line', async ({ server, path, folder }) => {
    const served = held();
    const url = server.serve('held.bin', served);
    const args = [
      'get',
      url,
      path,
      '--detach',
      '--json',
      ...(isSystems ? [] : ['--route', 'bits']),
    ];
    const first = await dosvc(args);
    expect({ status: first.status, stderr: first.stderr }).toEqual(ok);
    const [start, detached] = objectsIn('get', first.stdout);
    expect(detached).toMatchObject({ kind: 'detached', id: start?.id });
    expect(detached?.key).toMatch(/^dosvc-get\/[0-9a-f]{16}$/);
    expect(readdirSync(folder)).not.toContain(basename(path));
    // The service's own command must not name the file before it is checked.
    const service = detached?.route === 'bits' ? ['--service', 'bits'] : only;
    const refused = await dosvc(['complete', String(detached?.id), ...service]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('run the same line');
    server.letGo();
    const second = await dosvc(args);
    expect({ status: second.status, stderr: second.stderr }).toEqual(ok);
    expect(objectsIn('get', second.stdout).at(-1)).toMatchObject({ kind: 'result', file: path });
    expect(readFileSync(path).equals(served.content)).toBe(true);
    expect(readdirSync(folder)).toEqual([basename(path)]);
  });

  it('is ended by dosvc clean', async ({ server, path, folder }) => {
    const url = server.serve('held.bin', held());
    const route = isSystems ? [] : ['--route', 'bits'];
    const key = 'com.contoso.test/Größe';
    const left = await dosvc(['get', url, path, '--detach', '--key', key, ...route]);
    expect({ status: left.status, stderr: left.stderr }).toEqual(ok);
    expect(left.stdout).toContain(`key ${key}`);
    const young = await dosvc(['clean', '--prefix', 'com.contoso.test/']);
    expect(young).toMatchObject({ ...ok, stdout: 'Nothing was left behind.\n' });
    const { status, stdout, stderr } = await dosvc([
      ...['clean', '--older-than', '0', '--prefix', 'com.contoso.test/', '--json'],
    ]);
    expect({ status, stderr }).toEqual(ok);
    expect(objectsIn('clean', stdout)).toMatchObject([{ kind: 'ended', key }]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
