// SPDX-License-Identifier: MIT
// What the example of an application makes of what it hears; test/updates has it with the real
// electron-updater.

import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selfTestOf } from '../../../examples/electron/src/self-test.js';
import type { State } from '../../../examples/electron/src/state.js';
import { Updates } from '../../../examples/electron/src/updates.js';
import { DosvcError } from '../../../lib/errors.js';
import { folders } from '../transfer/folder.js';

const folderOf = folders();
const progress = { percent: 10, bytesPerSecond: 7 };

/** The updates, with an updater that emits what a test says. */
function scene() {
  const installed: string[] = [];
  const updater = Object.assign(new EventEmitter(), {
    checkForUpdates: () => Promise.resolve(null),
    quitAndInstall: () => void installed.push('2.0.0'),
  });
  const states: State[] = [];
  // As far as it is used: the real one returns itself from on().
  const given = updater as unknown as ConstructorParameters<typeof Updates>[0];
  const updates = new Updates(given, (state) => states.push(state));
  return { updater, updates, states, installed };
}

describe('the updates of the example', () => {
  it('say why a service waits', () => {
    const { updater, updates, states } = scene();
    updater.emit('update-available', { version: '2.0.0' });
    updater.emit('download-progress', progress);
    updates.heard({ waitingFor: 'cost' });
    updates.heard({ waitingFor: 'cost' });
    updater.emit('download-progress', progress);
    updates.heard({ waitingFor: null });
    const all = { name: 'downloading', version: '2.0.0', ...progress };
    expect(states.slice(1)).toEqual([
      { ...all, waitingFor: null },
      { ...all, waitingFor: 'cost' },
      { ...all, waitingFor: 'cost' },
      { ...all, waitingFor: null },
    ]);
  });

  it('have of an error of dosvc all that it says', () => {
    const { updater, states } = scene();
    const error = new DosvcError('Full.', { code: 'ERROR_DISK_FULL', hresult: 0x80070070 });
    updater.emit('error', error);
    expect(states).toEqual([{ name: 'failed', error: error.toJSON() }]);
    expect(structuredClone(states)).toEqual(states);
  });

  it('install nothing that is not there', () => {
    const { updater, updates, installed } = scene();
    expect(updates.state).toEqual({ name: 'up to date' });
    updates.install();
    expect(installed).toEqual([]);
    updater.emit('update-downloaded', { version: '2.0.0' });
    expect(updates.state).toEqual({ name: 'ready', version: '2.0.0' });
    updates.install();
    expect(installed).toEqual(['2.0.0']);
  });
});

describe('the self-test of the example', () => {
  const begin = () => {
    const result = join(folderOf(), 'result.json');
    const test = selfTestOf(['app.exe', '--update-config=a.yml', `--self-test=${result}`]);
    if (test === undefined) throw new Error('The arguments ask for a test.');
    return { test, written: () => JSON.parse(readFileSync(result, 'utf8')) as unknown };
  };
  const ready: State = { name: 'ready', version: '2.0.0' };
  const byBits = 'dosvc: 4 bytes from 127.0.0.1:1 by bits';

  it('is only begun if it is asked for', () => {
    expect(selfTestOf(['app.exe'])).toBeUndefined();
    expect(begin().test.config).toBe('a.yml');
  });

  it('passes if a service downloaded the update', () => {
    const { test, written } = begin();
    expect(test.statusOf({ name: 'checking' })).toBeUndefined();
    test.logger.info(byBits);
    expect(test.statusOf(ready)).toBe(0);
    expect(written()).toEqual({ state: ready, said: [byBits] });
  });

  it.each<[string, State, string]>([
    ['electron-updater did', ready, 'dosvc: electron-updater continues by itself: off'],
    ['it failed', { name: 'failed', error: { message: 'off' } }, byBits],
    ['there was none', { name: 'up to date' }, byBits],
    ['it was cancelled', { name: 'cancelled' }, byBits],
  ])('fails if %s', (_, state, line) => {
    const { test, written } = begin();
    test.logger.warn(line);
    expect(test.statusOf(state)).toBe(1);
    expect(written()).toEqual({ state, said: [line] });
  });
});
