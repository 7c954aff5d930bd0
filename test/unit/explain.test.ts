// SPDX-License-Identifier: MIT
// explain(): which code it finds in numbers, texts and errors, and what it says of it.

import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../../lib/codes.js';
import { DosvcError } from '../../lib/errors.js';
import { explain, type Explanation } from '../../lib/explain.js';
import { hresults } from '../../lib/generated/hresults.js';
import { ownCodes } from '../../lib/generated/own-codes.js';
import { readText } from './spec-facts.js';

const signed = (hresult: number) => hresult | 0;
const codeIn = (what: unknown) => explain(what)?.code;

/** Each way in which logs write an HRESULT that is a failure. */
const spellings: ((hresult: number) => string)[] = [
  hex,
  (hresult) => hex(hresult).toLowerCase(),
  (hresult) => `0X${hex(hresult).slice(2)}`,
  (hresult) => hex(hresult).slice(2),
  (hresult) => hex(hresult).slice(2).toLowerCase(),
  (hresult) => `0xFFFFFFFF${hex(hresult).slice(2)}`,
  (hresult) => String(hresult),
  (hresult) => String(signed(hresult)),
];

const failures = fc.integer({ min: 0x80000000, max: 0xffffffff });
const listed = [...hresults().keys()];
const listedFailures = fc.constantFrom(...listed.filter((value) => value >= 0x80000000));

describe('a number', () => {
  it('is the same code with either sign, and however it is written', () => {
    fc.assert(
      fc.property(failures, fc.constantFrom(...spellings), (hresult, spell) => {
        const explained = explain(hresult);
        expect(explained?.hresult).toBe(hresult);
        expect(explain(signed(hresult))).toEqual(explained);
        expect(explain(spell(hresult))).toEqual(explained);
        expect(explain(` ${spell(hresult)}\n`)).toEqual(explained);
      }),
    );
  });

  it('that is a success is the same code in hexadecimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x10000, max: 0x7fffffff }), (hresult) => {
        const explained = explain(hresult);
        expect(explained?.hresult).toBe(hresult);
        expect(explain(hex(hresult))).toEqual(explained);
      }),
    );
  });

  it.each([
    [0, 'S_OK'],
    [1, 'S_FALSE'],
    [2, 'ERROR_FILE_NOT_FOUND'],
    [5, 'E_ACCESSDENIED'],
    [112, 'ERROR_DISK_FULL'],
    [206, 'ERROR_FILENAME_EXCED_RANGE'],
    [404, 'BG_E_HTTP_ERROR_404'],
    [503, 'BG_E_HTTP_ERROR_503'],
    [1058, 'ERROR_SERVICE_DISABLED'],
    [12007, 'ERROR_WINHTTP_NAME_NOT_RESOLVED'],
    [7777, '0x80071E61'],
    [0x00200017, 'BG_S_PARTIAL_COMPLETE'],
  ])('%i is %s', (number, code) => {
    expect(codeIn(number)).toBe(code);
    expect(codeIn(String(number))).toBe(code);
    expect(codeIn(`0x${number.toString(16)}`)).toBe(code);
  });

  it.each([NaN, Infinity, 0.5, 0x80070005 + 0.5, 2 ** 32, -(2 ** 31) - 1, 2 ** 53])(
    '%d is none',
    (number) => {
      expect(explain(number)).toBeNull();
    },
  );
});

describe('a text', () => {
  it('has a listed code in every spelling, whatever stands around it', () => {
    const around = fc.constantFrom(
      ['Error: ', ' (unknown)'],
      ['HRESULT=', ''],
      ['(Exception from HRESULT: ', ')'],
      ['{"hr":"', '","id":"80070005-0000-4000-8000-000000000000"}'],
      ['State 1, 1048576 / 336432992, error 0x00000000, extended error ', '.'],
    );
    fc.assert(
      fc.property(
        listedFailures,
        fc.constantFrom(...spellings),
        around,
        (hresult, spell, [before = '', after = '']) => {
          expect(explain(`${before}${spell(hresult)}${after}`)).toEqual(explain(hresult));
        },
      ),
    );
  });

  it('has every name, in any case', () => {
    for (const [value, { names }] of hresults()) {
      for (const name of names) {
        expect(explain(name)?.hresult, name).toBe(value);
        expect(explain(`failed with ${name.toLowerCase()}.`)?.hresult, name).toBe(value);
      }
    }
  });

  it('has any failure that is written with 0x', () => {
    fc.assert(
      fc.property(failures, (hresult) => {
        expect(explain(`Error ${hex(hresult)}: failed`)).toEqual(explain(hresult));
      }),
    );
  });

  it.each([
    ['error 0x80073CF9: install failed. Reason: 0x80D05011', 'DO_E_INSUFFICIENT_RANGE_SUPPORT'],
    ['0x8BADF00D, then 0x8BADF00E', '0x8BADF00D'],
    ['Error 0x00000000, extended error 0x80D03805', 'DO_E_BLOCKED_BY_NO_NETWORK'],
    ['Error 0x00000000, extended error 0x8BADF00D', '0x8BADF00D'],
    ['Error 0x00000000, extended error 0x00000000', 'S_OK'],
    ['HRESULT_FROM_WIN32(ERROR_DISK_FULL)', 'ERROR_DISK_FULL'],
    ['#define DO_E_X 0x80D02003L', 'DO_E_JOB_NOT_FOUND'],
    ['exit code -2145124318', '0x80240022'],
    ['(80190194 Not found)', 'BG_E_HTTP_ERROR_404'],
    ['BG_E_HTTP_ERROR_418', '0x801901A2'],
    ['0x801901A2 after 0x8BADF00D', '0x801901A2'],
    ['failed with 0x70', 'ERROR_DISK_FULL'],
    ['wait(): ERR_DOSVC_STALLED', 'ERR_DOSVC_STALLED'],
  ])('%s: %s', (text, code) => {
    expect(codeIn(text)).toBe(code);
  });

  it.each([
    '',
    'no code',
    'received 2147483648 of 2281701375 bytes',
    'downloaded 404 of 12007 files in 112 s',
    'commit 84f3a2b1, object 84f3a2b1c0ffee',
    'id 80d03002-0000-4000-8000-000000000000',
    'at address 0x7ffe1234',
    'at offset -1234567890',
    'DO_E_INVENTED',
    '0x',
    '0x123456789',
  ])('none: %s', (text) => {
    expect(explain(text)).toBeNull();
  });

  it('that is any text gives no error, and nothing of it but the code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), listedFailures, (text, hresult) => {
        expect(() => explain(text)).not.toThrow();
        const secret = `https://user:${text.replace(/\w/g, 'x')}@example.com/`;
        expect(explain(`GET ${secret} failed: ${hex(hresult)}`)).toEqual(explain(hresult));
      }),
    );
  });
});

describe('an error', () => {
  const code = 'BG_E_NETWORK_DISCONNECTED';

  it.each([
    ['its hresult', { hresult: -2145386480 }],
    ['its hresult as text', { hresult: '0x80200010' }],
    ['its code', Object.assign(new Error('failed'), { code })],
    ['its code as a number', { code: 0x80200010 }],
    ['its message', new Error(`failed: ${code}`)],
    ['its cause', new Error('failed', { cause: new Error('0x80200010') })],
    ['its cause, a text', new Error('failed', { cause: '0x80200010' })],
    ['what toJSON() returned', new DosvcError('failed', { code, hresult: 0x80200010 }).toJSON()],
  ])('has the code in %s', (_, error) => {
    expect(explain(error)).toEqual(explain(code));
  });

  it('of the library keeps its own judgement', () => {
    const blame = 'network';
    const error = new DosvcError('failed', { code: 'ERR_DOSVC_TIMEOUT', blame, transient: true });
    expect(explain(error)).toMatchObject({ code: 'ERR_DOSVC_TIMEOUT', blame, transient: true });
    expect(explain(new Error('outer', { cause: error }))).toEqual(explain(error));
  });

  it('of the library can have an HRESULT beside its code', () => {
    const error = new DosvcError('failed', {
      code: 'ERR_DOSVC_SERVICE_MISSING',
      hresult: 0x80040154,
    });
    expect(explain(error)).toEqual({
      ...explain('ERR_DOSVC_SERVICE_MISSING'),
      names: ['ERR_DOSVC_SERVICE_MISSING', 'REGDB_E_CLASSNOTREG'],
      hresult: 0x80040154,
      facility: 'FACILITY_ITF',
    });
  });

  it('has none', () => {
    const circular = new Error('outer');
    circular.cause = new Error('inner', { cause: circular });
    const hostile = new Proxy(new Error(code), {
      get: () => {
        throw new Error('no');
      },
    });
    const foreign = [{ code: 20 }, { code: '23505' }, { code: 'ENOENT', errno: -4058 }];
    const others = [undefined, null, true, {}, [], Symbol('0x80200010'), 5n, () => code];
    for (const what of [circular, hostile, ...foreign, ...others]) {
      expect(explain(what)).toBeNull();
    }
  });
});

/** Codes that people report most. */
const reported = [
  ...[0x80072f76, 0x800703eb, 0x80072ee7, 0x80072f78, 0x80070057, 0x80071126, 0x80070520],
  ...[0x8007109a, 0x801901f5, 0x80d05011, 0x80d03002, 0x80d02002, 0x80d03805, 0x80190001],
  ...[0x80190190, 0x80072efd, 0x80190003, 0x801901a0, 0x800704dd, 0x80200002, 0x80200011],
  ...[0x80200013, 0x8020006e, 0x80070422, 0x80070002, 0x80070005, 0x80d0401b, 0x80200049],
  ...[0x80072ee2, 0x80072efe, 0x80072f8f, 0x80080005, 0x8007001f, 0x80070042],
];

/** What is said of a code, field by field. */
function expectWhole(explained: Explanation | null, code: string) {
  expect(explained, code).toEqual({
    code,
    names: expect.arrayContaining([code]) as string[],
    hresult: explained?.hresult,
    facility: explained?.facility,
    meaning: expect.stringMatching(/^[A-Za-z].+\.$/) as string,
    advice: expect.stringMatching(/^[A-Z].+\.$/) as string,
    blame: expect.stringMatching(/^(caller|network|server|policy|service|disk|system)$/) as string,
    transient: expect.any(Boolean) as boolean,
    retryHelps: expect.any(Boolean) as boolean,
  });
}

describe('what is said', () => {
  it('is complete for every code that is listed, and for those that people report', () => {
    for (const hresult of listed) {
      const explained = explain(hresult);
      expectWhole(explained, hresults().get(hresult)?.names[0] ?? hex(hresult));
      expect(explained?.facility, hex(hresult)).toMatch(/^FACILITY_/);
    }
    expect(listed).toEqual(expect.arrayContaining(reported));
  });

  it("is complete for this package's own codes, which have no HRESULT", () => {
    for (const own of Object.keys(ownCodes)) {
      expectWhole(explain(own), own);
      expect(explain(own)).toMatchObject({ names: [own], hresult: null, facility: null });
    }
  });

  it.each([
    [0x80d03002, 'policy', false, false],
    [0x80d03805, 'network', true, true],
    [0x80d05011, 'server', false, false],
    [0x80072ee7, 'network', false, true],
    [0x80190194, 'server', false, false],
    [0x801901ad, 'server', false, true],
    [0x801901f7, 'server', false, true],
    [0x80190197, 'network', false, false],
    [0x80070070, 'disk', false, false],
    [0x80070057, 'caller', false, false],
    [0x80200003, 'caller', false, false],
    [0x800706ba, 'service', false, true],
    [0x80070422, 'policy', false, false],
    [0x80040154, 'system', false, false],
    [0x80200059, 'policy', true, true],
  ])('of %i: blame %s, transient %s, retry helps %s', (hresult, blame, transient, retryHelps) => {
    expect(explain(hresult)).toMatchObject({ blame, transient, retryHelps });
  });

  it('of every HTTP status is what its class says, with the meaning of the status', () => {
    expect(explain(429)?.meaning).toBe(
      'The server refused the request with HTTP 429 Too Many Requests.',
    );
    expect(explain(418)).toEqual({
      code: '0x801901A2',
      names: ['0x801901A2'],
      hresult: 0x801901a2,
      facility: 'FACILITY_HTTP',
      meaning: 'The server refused the request with HTTP 418.',
      advice: 'Check the URL, the request headers and the access rights.',
      blame: 'server',
      transient: false,
      retryHelps: false,
    });
    for (let status = 100; status <= 599; status += 1) {
      const explained = explain(0x80190000 + status);
      expectWhole(explained, explained?.code ?? '');
      expect(explained?.meaning).toContain(`HTTP ${String(status)}`);
    }
  });

  it.each([
    [0x80d04001, 'FACILITY_DELIVERY_OPTIMIZATION', 'service', false],
    [0x80d03fff, 'FACILITY_DELIVERY_OPTIMIZATION', 'service', true],
    [0x8020ffff, 'FACILITY_BACKGROUNDCOPY', 'service', false],
    [0x8007ffff, 'FACILITY_WIN32', 'system', false],
    [0x800bffff, 'FACILITY_CERT', 'server', false],
    [0x8badf00d, 0x3ad, 'system', false],
  ])('of the unlisted %i: %s, %s, transient %s', (hresult, facility, blame, transient) => {
    const code = hex(hresult);
    const explained = explain(hresult);
    expect(explained).toMatchObject({ code, names: [code], facility, advice: null });
    expect(explained).toMatchObject({ blame, transient, retryHelps: transient });
    expect(explained?.meaning).toContain(`failed with the code ${code}`);
  });

  it('of an unlisted success is no failure', () => {
    expect(explain(0x0020ff00)?.meaning).toBe('The call succeeded with the code 0x0020FF00.');
  });

  it('is what the page of errors shows', () => {
    const page = readText('docs/errors.md');
    const [, text = ''] = /explain\('(.+)'\)/.exec(page) ?? [];
    expect(page).toContain(`\n${inspect(explain(text))}\n`);
  });
});
