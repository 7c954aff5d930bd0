// SPDX-License-Identifier: MIT
// lib/arguments.ts: what is accepted, and in which spelling it is passed on.
// test/objects/arguments.test.ts has what is refused, method by method.

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  checkFunctions,
  checkGuid,
  checkInteger,
  checkLiteral,
  checkOptions,
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
  ])('is accepted as %j, and passed on in lower case without braces', (spelling) => {
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
    'is accepted as %j, and passed on unchanged',
    (url) => {
      expect(checkUrl('url', url, false)).toBe(url);
    },
  );

  it('may be a URL object, whose text is passed on', () => {
    const url = new URL('http://host/a b?c#d');
    expect(checkUrl('url', url, false)).toBe('http://host/a%20b?c#d');
    expect(() => checkUrl('url', new URL('ftp://host/'), true)).toThrow(
      'Received an instance of URL',
    );
  });

  it('may be a path to a share only where shares are allowed', () => {
    const share = '\\\\server\\share\\file.bin';
    expect(checkUrl('url', share, true)).toBe(share);
    expect(() => checkUrl('url', share, false)).toThrow(TypeError);
    expect(() => checkUrl('url', '\\\\server\\share', true)).toThrow(TypeError);
  });

  it('has at most 2,200 characters', () => {
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

describe('a refusal', () => {
  it('names the argument, what it must be, and what it was', () => {
    expect(() => checkInteger('options.callTimeout', -1, 1, 9)).toThrow(
      "The argument 'options.callTimeout' must be an integer from 1 to 9. Received -1",
    );
    expect(() => checkLiteral('type', 'b', { a: 1, c: 2 })).toThrow(
      "The argument 'type' must be one of 'a', 'c'. Received 'b'",
    );
  });

  it('shows words and small numbers, and nothing that may be a token', () => {
    const message = (value: string) => {
      try {
        checkInteger('size', value, 0, 1);
      } catch (error) {
        return (error as Error).message.replace(/.*Received /, '');
      }
      return '';
    };
    for (const plain of ['', 'httpAllowSecure', 'C:\\folder\\file.bin', '{1234-abcd}', '12 ms']) {
      expect(message(plain)).toBe(inspect(plain));
    }
    for (const token of [
      'Bearer eyJhbGci0iJIUzI1',
      'p:assword',
      'a=b',
      'host/file?x',
      'x@y',
      '<a>',
    ]) {
      expect(message(token)).toBe(`a string of ${String(token.length)} characters`);
    }
  });

  it('names the class of an object', () => {
    const received = (value: unknown) => () => checkInteger('size', value, 0, 1);
    expect(received(new URL('http://host/'))).toThrow('Received an instance of URL');
    expect(received([1])).toThrow('Received an instance of Array');
    expect(received(Object.create(null))).toThrow('Received an instance of Object');
    expect(received(received)).toThrow('Received a function');
    expect(received(null)).toThrow('Received null');
  });

  it('does not show a long value or the content of an object', () => {
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
  interface Options {
    one?: number | undefined;
    two?: number | undefined;
  }
  const check = (value: unknown) =>
    checkOptions<Options>('options', value as Options, ['one', 'two']);

  it('may be absent, as a whole and one by one', () => {
    expect(check(undefined)).toEqual({});
    expect(check({})).toEqual({});
    expect(check({ two: 2 })).toEqual({ two: 2 });
    expect(check({ one: undefined, three: undefined }).one).toBeUndefined();
  });

  it.each([[], new URL('http://host/'), new Map([['one', 1]]), AbortSignal.abort()])(
    'are a plain object: %o is refused, which has no option of its own',
    (value) => {
      expect(() => check(value)).toThrow(
        "'options' must be a plain object. Received an instance of",
      );
    },
  );

  it.each(['three', 'One', 'toString'])('have no other names: %s', (name) => {
    expect(() => check({ one: 1, [name]: null })).toThrow(
      Object.assign(
        new TypeError(
          `The argument 'options' must not have a property '${name}'. It may have 'one', 'two'`,
        ),
        { code: 'ERR_INVALID_ARG_VALUE' },
      ),
    );
  });
});

describe('an object of functions', () => {
  const check = (value: unknown) => () => {
    checkFunctions('callback', value, ['done', 'failed']);
  };

  it('needs only one of them, also from its class, and may have others', () => {
    class Listener {
      more(): void {
        // Not one of the functions.
      }
      done(): void {
        this.more();
      }
    }
    expect(check({ failed: () => undefined, done: undefined })).not.toThrow();
    expect(check(new Listener())).not.toThrow();
  });

  it.each([{}, { fialed: () => undefined }, { done: undefined }, []])(
    'has at least one of them: %o has none',
    (value) => {
      const refused = "'callback' must be an object with a function named one of 'done', 'failed'";
      expect(check(value)).toThrow(TypeError);
      expect(check(value)).toThrow(refused);
    },
  );

  it('is told the name of the only one', () => {
    const refused = "'check' must be an object with a function named 'done'. Received";
    expect(() => {
      checkFunctions('check', {}, ['done']);
    }).toThrow(refused);
  });

  it.each([
    [null, "'callback' must be an object of functions"],
    [() => undefined, "'callback' must be an object of functions"],
    [{ done: () => undefined, failed: true }, "'callback.failed' must be a function"],
  ])('is not %o', (value, refused) => {
    expect(check(value)).toThrow(refused);
  });
});

describe('a literal', () => {
  it('is not a property that every object inherits', () => {
    const table: Record<string, number> = { download: 0 };
    expect(checkLiteral('type', 'download', table)).toBe(0);
    for (const name of ['toString', '__proto__', 'constructor']) {
      expect(() => checkLiteral('type', name, table)).toThrow(TypeError);
    }
  });
});
