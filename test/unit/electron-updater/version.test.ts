// SPDX-License-Identifier: MIT
// Which versions of electron-updater this is for, and how it tells the one of an updater.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isKnown, tried, versionOf } from '../../../lib/electron-updater/version.js';
import { scenes } from './scene.js';

const scene = scenes();
const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'devDependencies',
  Record<string, string>
>;
const packages = [
  ['electron-updater', tried.newest],
  ['electron-updater-oldest', tried.oldest],
] as const;

/** An updater of the real package, as far as its class goes. */
function updaterOf(name: string): object {
  const { AppUpdater } = createRequire(import.meta.url)(name) as {
    AppUpdater: { prototype: object };
  };
  return Object.create(AppUpdater.prototype) as object;
}

it.each(packages)('tells the version of an updater of %s', (name, version) => {
  expect(versionOf(updaterOf(name))).toBe(version);
});

it('cannot tell it without the package, as in a bundle', () => {
  expect(versionOf(scene().updater)).toBeUndefined();
});

it('declares the versions that the tests run', () => {
  const { devDependencies } = manifest;
  expect(devDependencies['electron-updater']).toBe(tried.newest);
  expect(devDependencies['electron-updater-oldest']).toBe(`npm:electron-updater@${tried.oldest}`);
});

it.each([
  ['6.1.8', true],
  ['6.1.9', true],
  ['6.2.0', true],
  ['6.8.10', true],
  ['6.10.1', true],
  ['6.9.0-alpha.1', true],
  [undefined, true],
  ['6.1.7', false],
  ['6.0.9', false],
  ['5.3.0', false],
  ['7.0.0-alpha.7', false],
  ['7.0.0', false],
  ['', false],
])('%s: %s', (version, known) => {
  expect(isKnown(version)).toBe(known);
});

it('attaches nothing to a version that it is not for', () => {
  const { attach, updater, cache } = scene();
  const AppUpdater = updater.constructor;
  writeFileSync(join(cache, 'package.json'), JSON.stringify({ version: '7.0.0' }));
  const filename = join(cache, 'out', 'AppUpdater.js');
  const { cache: modules } = createRequire(import.meta.url);
  modules[filename] = { filename, exports: { AppUpdater } } as NodeJS.Module;
  try {
    void attach();
  } finally {
    Reflect.deleteProperty(modules, filename);
  }
  expect(updater.said).toEqual([
    'info dosvc: not attached, because it was tried with electron-updater 6.1.8 to 6.8.10, and this is 7.0.0. electron-updater downloads by itself.',
  ]);
});
