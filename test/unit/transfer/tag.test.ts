// SPDX-License-Identifier: MIT
// lib/transfer/services/tag.ts: the text by which a later process knows a transfer as ours.

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownName, tagIn, tagText } from '../../../lib/transfer/services/tag.js';

const tags = fc.stringMatching(/^[\w-]{1,64}$/);
const keys = fc.string({ unit: 'binary', maxLength: 200 });

describe('a text', () => {
  it('says tag and key again, whatever the key', () => {
    fc.assert(
      fc.property(tags, keys, (tag, key) => {
        expect(tagIn(tagText(tag, key, 1024))).toMatchObject({ tag, key });
      }),
    );
  });

  it('says so behind a name for people, too', () => {
    fc.assert(
      fc.property(tags, keys, fc.stringMatching(/^[^/]{1,80}$/), (tag, key, name) => {
        expect(tagIn(`${name} ${tagText(tag, key, 1024)}`)).toMatchObject({ tag, key });
      }),
    );
  });

  it('says when it was made', () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { created } = tagIn(tagText('t', undefined, 1024)) ?? {};
    expect(created?.getTime()).toBeGreaterThanOrEqual(before);
    expect(created?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('has an empty key without one', () => {
    expect(tagIn(tagText('t', undefined, 1024))?.key).toBe('');
  });

  it('is cut to what the service keeps, and not within a character', () => {
    const key = 'a'.repeat(100) + '😀';
    const whole = tagText('t', key, 1024);
    const cut = tagText('t', key, whole.length - 1);
    expect(cut).toBe(whole.slice(0, -2));
    expect(tagIn(cut)).toMatchObject({ tag: 't', key: 'a'.repeat(100) });
  });
});

describe('no text of ours', () => {
  it.each([
    null,
    '',
    'Contoso update',
    'dosvc/1',
    'dosvc/1 t',
    'dosvc/1 t yesterday',
    'dosvc/1 t 2026-13-45T99:99:99Z',
    'dosvc/2 t 2026-11-30T02:57:36Z key',
    'xdosvc/1 t 2026-11-30T02:57:36Z key',
  ])('is %j', (text) => {
    expect(tagIn(text)).toBe(null);
  });
});

describe('the name for people', () => {
  it.each([
    ['app.msix.a1b-_2.svc', 'app.msix'],
    ['app.msix.a1b-_2.svc2', 'app.msix'],
    ['app.msix.A1B2C3.SVC', 'app.msix'],
    ['app.123456.msix', 'app.123456.msix'],
    ['ä 名.bin', 'ä 名.bin'],
  ])('of %s is %s', (file, name) => {
    expect(shownName(join('/folder', file), 256)).toBe(name);
  });

  it('is never empty or too long', () => {
    expect(shownName('/.abcdef.svc', 256)).toBe('download');
    expect(shownName(`/${'x'.repeat(300)}.abcdef.svc`, 256)).toBe('x'.repeat(256));
  });
});
