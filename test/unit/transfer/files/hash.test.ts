// SPDX-License-Identifier: MIT
// lib/transfer/files/hash.ts: the hash that a caller gives, and that of a file.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFile, parseHash } from '../../../../lib/transfer/files/hash.js';
import { bytesOf } from '../../../http/served.js';
import { rejection } from '../../../promises/rejection.js';
import { folders } from '../folder.js';

const newFolder = folders();
const never = new AbortController().signal;
const digest = (algorithm: string, content: Buffer | string) =>
  createHash(algorithm).update(content).digest();

describe('the option hash', () => {
  const sha512 = digest('sha512', 'content');
  const sha256 = digest('sha256', 'content');

  it.each([
    ['hexadecimal', sha512.toString('hex')],
    ['upper case', sha512.toString('hex').toUpperCase()],
    ['base64', sha512.toString('base64')],
    ['base64 without padding', sha512.toString('base64').replace(/=+$/, '')],
    ['base64url', sha512.toString('base64url')],
    ['surrounded by white space', ` ${sha512.toString('hex')}\n`],
  ])('is %s', (_, text) => {
    expect(parseHash({ sha512: text })).toEqual({ algorithm: 'sha512', digest: sha512 });
  });

  it('is of SHA-512 or SHA-256', () => {
    const given = { sha256: sha256.toString('base64'), sha512: undefined };
    expect(parseHash(given)).toEqual({ algorithm: 'sha256', digest: sha256 });
  });

  const hex = sha256.toString('hex');
  it.each([
    [undefined, 'ERR_INVALID_ARG_TYPE', "'options.hash'"],
    [hex, 'ERR_INVALID_ARG_TYPE', "'options.hash'"],
    [{}, 'ERR_INVALID_ARG_VALUE', "'options.hash'"],
    [{ md5: hex }, 'ERR_INVALID_ARG_VALUE', "'options.hash'"],
    [{ sha512: sha512.toString('hex'), sha256: hex }, 'ERR_INVALID_ARG_VALUE', "'options.hash'"],
    [{ sha256: sha256 }, 'ERR_INVALID_ARG_TYPE', "'options.hash.sha256'"],
    [{ sha256: hex.slice(1) }, 'ERR_INVALID_ARG_VALUE', "'options.hash.sha256'"],
    [{ sha256: `${hex}00` }, 'ERR_INVALID_ARG_VALUE', "'options.hash.sha256'"],
    [{ sha512: hex }, 'ERR_INVALID_ARG_VALUE', "'options.hash.sha512'"],
    [{ sha256: hex.replace(/^./, 'g') }, 'ERR_INVALID_ARG_VALUE', "'options.hash.sha256'"],
    [{ sha256: `${sha256.toString('base64')}!` }, 'ERR_INVALID_ARG_VALUE', 'options.hash.sha256'],
    [{ sha256: '' }, 'ERR_INVALID_ARG_VALUE', "'options.hash.sha256'"],
  ])('is not %j', (value, code, named) => {
    expect(() => parseHash(value)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) as string }) as Error,
    );
  });
});

describe('the hash of a file', () => {
  it.each([0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 3_000_000])(
    'of %i bytes is that of its content',
    async (size) => {
      const file = join(newFolder(), 'file');
      const content = bytesOf(size + 4).subarray(0, size);
      writeFileSync(file, content);
      expect(await hashFile(file, ['sha512', 'sha256'], never)).toEqual({
        bytes: size,
        digests: { sha512: digest('sha512', content), sha256: digest('sha256', content) },
      });
      expect(await hashFile(file, [], never)).toEqual({ bytes: size, digests: {} });
    },
  );

  it('leaves the event loop to others between its pieces', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, Buffer.alloc(64 * 256 * 1024));
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await hashFile(file, ['sha512'], never);
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(64);
  });

  it('ends early if it is aborted', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, Buffer.alloc(1_000_000));
    const controller = new AbortController();
    const error = rejection(hashFile(file, ['sha512'], controller.signal));
    controller.abort('enough');
    expect(await error).toMatchObject({ name: 'AbortError', cause: 'enough' });
  });

  it('is not that of a file that cannot be read', async () => {
    const file = join(newFolder(), 'missing');
    expect(await rejection(hashFile(file, ['sha512'], never))).toMatchObject({
      name: 'DosvcError',
      code: 'ERROR_PATH_NOT_FOUND',
      message: expect.stringContaining(file) as string,
      cause: { code: 'ENOENT' },
    });
  });
});
