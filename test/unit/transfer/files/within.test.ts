// SPDX-License-Identifier: MIT
// lib/transfer/files/within.ts: where a file may be written.

import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkFolder,
  checkReplaceable,
  checkTarget,
} from '../../../../lib/transfer/files/within.js';
import { rejection } from '../../../promises/rejection.js';
import { underWine } from '../../../system/under-wine.js';
import { folders } from '../folder.js';

const newFolder = folders();
const windows = process.platform === 'win32';

/** Makes a link to a folder, for which Windows needs no privilege; false if Wine has none. */
function link(to: string, path: string): boolean {
  try {
    symlinkSync(to, path, 'junction');
    return true;
  } catch (error) {
    if (!underWine) throw error;
    return false;
  }
}

describe('a target', () => {
  it.each([
    ...['file.bin', 'Ärger.bin', 'файл', '文件.zip', 'ملف', 'קובץ', 'ไฟล์', '😀.png', 'e\u0301'],
    ...["O'Neill's file", '100%', '%TEMP%', '%20', 'a & b', '#1', ' leading', '..dots', '.hidden'],
    ...['n'.repeat(255), '文'.repeat(85)],
  ])('is a file with any name: %s', async (name) => {
    const file = join(newFolder(), name);
    expect(await checkTarget(file, {})).toBe(file);
    await checkReplaceable(file);
    writeFileSync(file, 'old');
    await checkReplaceable(file);
  });

  it('is returned without dots', async () => {
    const folder = newFolder();
    const path = [folder, 'missing', '..', '.', 'file.bin'].join(sep);
    expect(await checkTarget(path, {})).toBe(join(folder, 'file.bin'));
  });

  it.each([
    [undefined, 'ERR_INVALID_ARG_TYPE'],
    [new URL('file:///tmp/file'), 'ERR_INVALID_ARG_TYPE'],
    ['', 'ERR_INVALID_ARG_VALUE'],
    ['file.bin', 'ERR_INVALID_ARG_VALUE'],
    [join('.', 'file.bin'), 'ERR_INVALID_ARG_VALUE'],
    [join(newFolderName(), 'a\0b'), 'ERR_INVALID_ARG_VALUE'],
    [join(newFolderName(), 'n'.repeat(256)), 'ERR_INVALID_ARG_VALUE'],
    [join(newFolderName(), '文'.repeat(windows ? 256 : 86)), 'ERR_INVALID_ARG_VALUE'],
    [`${newFolderName()}${sep}`, 'ERR_INVALID_ARG_VALUE'],
    [`${newFolderName()}${sep}.`, 'ERR_INVALID_ARG_VALUE'],
    [`${newFolderName()}${sep}..`, 'ERR_INVALID_ARG_VALUE'],
    [windows ? 'C:\\' : '/', 'ERR_INVALID_ARG_VALUE'],
    [windows ? '\\\\server\\share' : '//', 'ERR_INVALID_ARG_VALUE'],
  ])('is not %j', async (file, code) => {
    expect(await rejection(checkTarget(file, {}))).toMatchObject({
      code,
      message: expect.stringContaining("The argument 'file' must be") as string,
    });
  });

  it.each(['NUL', 'con.txt', 'COM1', 'lpt9.bin', 'file.', 'file ', 'a.txt:b', 'a?b', 'a\tb'])(
    'is not what Windows takes for something else: %j',
    async (name) => {
      const folder = newFolder();
      const checked = checkTarget(join(folder, name), {});
      if (windows) {
        expect(await rejection(checked)).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
      } else {
        // Elsewhere, it is a name like any other.
        expect(await checked).toBe(join(folder, name));
      }
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('is not a folder, or a link to one', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'folder'));
    const linked = link(join(folder, 'folder'), join(folder, 'link'));
    for (const name of ['folder', ...(linked ? ['link'] : [])]) {
      expect(await rejection(checkReplaceable(join(folder, name)))).toMatchObject({
        name: 'DosvcError',
        code: 'E_ACCESSDENIED',
        blame: 'caller',
        message: expect.stringContaining('it is not a file') as string,
      });
    }
  });
});

describe('the folder of a target', () => {
  it('is made if the caller says so', async () => {
    const folder = join(newFolder(), 'a', 'b');
    const file = join(folder, 'file.bin');
    for (const options of [{}, { makeFolder: false }, { makeFolder: undefined }]) {
      await checkTarget(file, options);
      expect(await rejection(checkFolder(folder))).toMatchObject({
        name: 'DosvcError',
        code: 'ERROR_PATH_NOT_FOUND',
        message: expect.stringContaining('makeFolder') as string,
      });
    }
    expect(await checkTarget(file, { makeFolder: true })).toBe(file);
    await checkFolder(folder);
    expect(await checkTarget(file, { makeFolder: true })).toBe(file);
  });

  it('is not a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(await rejection(checkFolder(file))).toMatchObject({ code: 'ERROR_PATH_NOT_FOUND' });
    const made = checkTarget(join(file, 'a'), { makeFolder: true });
    expect(await rejection(made)).toMatchObject({ name: 'DosvcError' });
  });

  it('is made by a boolean only', async () => {
    const file = join(newFolder(), 'a', 'file');
    const error = await rejection(checkTarget(file, { makeFolder: 'yes' }));
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
  });
});

describe('a target within a folder', () => {
  function scene() {
    const folder = newFolder();
    const [inner, outer] = [join(folder, 'inner'), join(folder, 'outer')];
    for (const made of [inner, outer, join(inner, 'deep')]) mkdirSync(made);
    const linked = link(outer, join(inner, 'out')) && link(join(inner, 'deep'), join(outer, 'in'));
    return { folder, inner, outer, linked };
  }
  const refused = {
    code: 'ERR_INVALID_ARG_VALUE',
    message: expect.stringContaining("'file' must be a path in options.within") as string,
  };

  it('lies there, if links lead back', async () => {
    const { inner: within, outer, linked } = scene();
    const paths = [join(within, 'a'), join(within, 'deep', 'a'), join(within, '..a')];
    const links = [join(outer, 'in', 'a'), join(within, 'out', '..', 'a')];
    for (const file of [...paths, ...(linked ? links : [])]) {
      expect(await checkTarget(file, { within })).toBe(file);
    }
    const file = join(within, 'new', 'newer', 'a');
    expect(await checkTarget(file, { within, makeFolder: true })).toBe(file);
  });

  it('does not lie outside, whatever its path looks like', async () => {
    const { inner: within, outer, folder, linked } = scene();
    const beside = `${within}side`;
    mkdirSync(beside);
    for (const file of [
      ...[join(outer, 'a'), join(beside, 'a'), join(folder, 'a'), within],
      ...(linked ? [join(within, 'out', 'a')] : []),
      [within, '..', 'a'].join(sep),
      [within, 'deep', '..', '..', 'outer', 'a'].join(sep),
    ]) {
      expect(await rejection(checkTarget(file, { within })), file).toMatchObject(refused);
    }
    const file = join(linked ? join(within, 'out') : outer, 'new', 'a');
    const made = checkTarget(file, { within, makeFolder: true });
    expect(await rejection(made)).toMatchObject(refused);
    expect(readdirSync(outer)).toEqual(linked ? ['in'] : []);
  });

  it('may make that folder, too', async () => {
    const within = join(newFolder(), 'cache');
    const file = join(within, 'a');
    expect(await checkTarget(file, { within, makeFolder: true })).toBe(file);
    expect(existsSync(within)).toBe(true);
  });

  it.each([5, '', 'relative', `relative${sep}..`])('is not within %j', async (within) => {
    const file = join(newFolder(), 'a');
    expect(await rejection(checkTarget(file, { within }))).toMatchObject({
      message: expect.stringContaining("The argument 'options.within' must be") as string,
    });
  });
});

/** The path of a folder that nobody looks for. */
function newFolderName(): string {
  return join(windows ? 'C:\\' : '/', basename(import.meta.dirname));
}
