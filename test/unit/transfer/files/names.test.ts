// SPDX-License-Identifier: MIT
// lib/transfer/files/names.ts: what the files beside a target are called.

import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageNames, stagesOf } from '../../../../lib/transfer/files/names.js';
import { underWine } from '../../../system/under-wine.js';
import { folders } from '../folder.js';

const windows = process.platform === 'win32';
const folder = windows ? 'C:\\Folder' : '/folder';
const sizeOf = (name: string) => (windows ? name.length : Buffer.byteLength(name));
const namesOf = (target: string, tag: string) => Object.values(stageNames(target, tag)) as string[];
const newFolder = folders();

describe('the names beside a target', () => {
  it('derive from the tag, and differ by stage', () => {
    const target = join(folder, 'App Setup.exe');
    const { service, otherService, ...rest } = stageNames(target, 'a tag');
    const { part, memory, checked, way, lock } = rest;
    expect(service).toMatch(/App Setup\.exe\.[a-z0-9]{6}\.svc$/);
    expect(otherService).toBe(`${service}2`);
    expect(part).toBe(service.replace(/svc$/, 'part'));
    expect(memory).toBe(service.replace(/svc$/, 'meta'));
    expect(checked).toBe(service.replace(/svc$/, 'done'));
    expect(way).toBe(service.replace(/svc$/, 'way'));
    expect(lock).toBe(service.replace(/svc$/, 'lock'));
    expect(dirname(service)).toBe(folder);
    expect(rest).toEqual({ part, memory, checked, way, lock });
    for (const one of [service, otherService, part])
      expect(stagesOf(one)).toEqual(stageNames(target, 'a tag'));
    const others = Array.from({ length: 1000 }, (_, at) => stageNames(target, String(at)).service);
    expect(new Set([service, ...others]).size).toBe(1001);
  });

  it('have at most 12 characters more than its own, and are no longer than a name can be', () => {
    const character = fc.constantFrom('a', 'Ä', 'я', '文', '😀', 'e\u0301', "'", '%', ' ', '.');
    const name = fc
      .array(character, { maxLength: 254 })
      .map((all) => `x${all.join('')}`)
      .filter((one) => sizeOf(one) <= 255);
    fc.assert(
      fc.property(name, fc.string(), (target, tag) => {
        for (const stage of namesOf(join(folder, target), tag)) {
          const size = sizeOf(basename(stage));
          expect(size).toBeLessThanOrEqual(Math.min(255, sizeOf(target) + 12));
          // No half of a character.
          expect(stage).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });

  it('differ between two names that are shortened to the same characters', () => {
    const [one, other] = ['1', '2'].map((end) =>
      namesOf(join(folder, `${'n'.repeat(254)}${end}`), 't'),
    );
    expect(new Set([...(one ?? []), ...(other ?? [])]).size).toBe(14);
  });

  it('can be created where the longest names can', () => {
    const inside = newFolder();
    // Under Wine, the names are those of Linux, which counts bytes.
    for (const character of underWine ? ['n'] : ['n', 'я', '文', '😀']) {
      const name = character.repeat(Math.floor(255 / sizeOf(character)));
      for (const stage of namesOf(join(inside, name), 'tag')) {
        writeFileSync(stage, '');
        expect(existsSync(stage)).toBe(true);
      }
    }
  });

  it('fit into the longest path of a service on Windows, if the target does', () => {
    for (const length of [100, 200, 240, 245]) {
      const deep = folder.padEnd(length, 'x');
      const target = join(deep, 'n'.repeat(258 - length));
      const longest = Math.max(...namesOf(target, 'tag').map((stage) => stage.length));
      // Other systems have no such limit.
      expect(longest).toBe(windows ? 259 : target.length + Math.min(12, 255 - (258 - length)));
    }
    // There is no room for a start of the name.
    for (const stage of namesOf(join(folder.padEnd(255, 'x'), 'abc'), 'tag')) {
      expect(basename(stage)).toMatch(/^abc\./);
    }
  });
});
