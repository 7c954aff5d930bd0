// SPDX-License-Identifier: MIT
// lib/arguments.ts: what is accepted, and in which spelling it goes on. What is refused stands in
// test/service/arguments.test.ts, method by method.

import { describe, expect, it } from 'vitest';
import {
  checkGuid,
  checkInteger,
  checkLiteral,
  checkOptions,
  checkPath,
  checkString,
  checkUrl,
} from '../../lib/arguments.js';

const guid = '5ce34c0d-0dc9-4c1f-897c-daa1b78cee7c';

describe('a GUID', () => {
  it.each([
    guid,
    guid.toUpperCase(),
    `{${guid}}`,
    `{${guid.toUpperCase()}}`,
    ` ${guid} `,
    guid.replaceAll('-', ''),
  ])('is accepted as %j, and goes on in lower case without braces', (spelling) => {
    expect(checkGuid('id', spelling)).toBe(guid);
  });

  it.each([`{${guid}`, `${guid}}`, `${guid}0`, guid.slice(1), `x${guid}`, guid.replace('-', ':')])(
    'is not %j',
    (spelling) => {
      expect(() => checkGuid('id', spelling)).toThrow(TypeError);
    },
  );
});

describe('an address', () => {
  it.each(['http://host/file', 'HTTPS://host:8080/a%20b?c#d', 'http://[::1]/ä'])(
    'is accepted as %j, and goes on as it is',
    (url) => {
      expect(checkUrl('url', url, false)).toBe(url);
    },
  );

  it('may be a path to a share where shares are allowed, and only there', () => {
    const share = '\\\\server\\share\\file.bin';
    expect(checkUrl('url', share, true)).toBe(share);
    expect(() => checkUrl('url', share, false)).toThrow(TypeError);
    expect(() => checkUrl('url', '\\\\server\\share', true)).toThrow(TypeError);
  });

  it('has 2,200 characters at most', () => {
    const url = 'http://host/'.padEnd(2200, 'x');
    expect(checkUrl('url', url, false)).toBe(url);
    expect(() => checkUrl('url', `${url}x`, false)).toThrow('1 to 2200 characters');
  });

  it.each(['host/file', 'ftp://host/file', 'http:host', 'http://', 'javascript:0', 'C:\\file'])(
    'is not %j',
    (url) => {
      expect(() => checkUrl('url', url, true)).toThrow(/^The argument 'url' must be an http/);
    },
  );
});

describe('a path', () => {
  it.each(['C:\\file', 'c:/folder/file', '\\\\server\\share\\file', '\\\\?\\C:\\file'])(
    'is accepted as %j',
    (path) => {
      expect(checkPath('path', path)).toBe(path);
    },
  );

  it.each(['file', '.\\file', '\\file', 'C:file', '/file', 'CC:\\file', '\\\\'])(
    'is not %j',
    (path) => {
      expect(() => checkPath('path', path)).toThrow('an absolute path');
    },
  );
});

describe('a refusal', () => {
  it('names the argument, what it must be, and what it was', () => {
    expect(() => checkInteger('options.callTimeout', -1, 1, 9)).toThrow(
      "The argument 'options.callTimeout' must be a whole number from 1 to 9. Received -1",
    );
    expect(() => checkLiteral('type', 'b', { a: 1, c: 2 })).toThrow(
      "The argument 'type' must be one of 'a', 'c'. Received 'b'",
    );
  });

  it('shows a long value cut off, and an object without its insides', () => {
    const message = (value: unknown) => {
      try {
        checkString('name', value, 10);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(message('x'.repeat(10_000)).length).toBeLessThan(300);
    expect(message({ inside: { secret: 'hidden' } })).not.toContain('hidden');
  });
});

describe('options', () => {
  it('may be absent', () => {
    expect(checkOptions('options', undefined)).toEqual({});
  });
});

describe('a literal', () => {
  it('is none that every object has', () => {
    const table: Record<string, number> = { download: 0 };
    expect(checkLiteral('type', 'download', table)).toBe(0);
    for (const name of ['toString', '__proto__', 'constructor']) {
      expect(() => checkLiteral('type', name, table)).toThrow(TypeError);
    }
  });
});
