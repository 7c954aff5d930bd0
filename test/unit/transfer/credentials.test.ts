// SPDX-License-Identifier: MIT
// lib/transfer/credentials.ts: which requests grant access, and user information in addresses.

import { describe, expect, it } from 'vitest';
import { hasCredentials, withoutUser } from '../../../lib/transfer/credentials.js';

const address = 'https://example.com/app.msix';

describe('hasCredentials', () => {
  it.each([
    'Authorization',
    'authorization',
    'Cookie',
    'Proxy-Authorization',
    'PRIVATE-TOKEN',
    'X-Contoso-Token',
    'x-amz-security-token',
    'X-Api-Key',
    'ApiKey',
    'Ocp-Apim-Subscription-Key',
    'X-Auth',
    'X-Client-Secret',
  ])('finds %s', (name) => {
    expect(hasCredentials([['Accept', '*/*'] as const, [name, 'x'] as const])).toBe(true);
  });

  it.each(['X-Contoso', 'Accept', 'User-Agent', 'X-Tokenizer', 'X-Author', 'X-Monkey', 'Keyed'])(
    'does not take %s for one',
    (name) => {
      expect(hasCredentials([[name, 'token']])).toBe(false);
    },
  );

  it('finds user information in an address', () => {
    expect(hasCredentials([], 'https://bob:pa55@example.com/')).toBe(true);
    expect(hasCredentials([], 'HTTP://bob@example.com/')).toBe(true);
    expect(hasCredentials([], 'https://example.com/@bob?c=d@e#f@g')).toBe(false);
    expect(hasCredentials([], address)).toBe(false);
  });
});

describe('withoutUser', () => {
  it('makes a header of user and password, decoded', () => {
    const [bare, headers] = withoutUser('https://b%C3%B6b:pa%3A55@example.com/a%20b?c=d', []);
    expect(bare).toBe('https://example.com/a%20b?c=d');
    expect(headers).toEqual([
      ['Authorization', `Basic ${Buffer.from('böb:pa:55').toString('base64')}`],
    ]);
  });

  it('takes a text that is not encoded as it is', () => {
    const [, headers] = withoutUser('https://bob:100%@example.com/', []);
    expect(headers[0]?.[1]).toBe(`Basic ${Buffer.from('bob:100%').toString('base64')}`);
  });

  it('leaves a header that was given', () => {
    const given = [['authorization', 'Bearer x']] as const;
    expect(withoutUser('https://bob:pa55@example.com/', given)).toEqual([
      'https://example.com/',
      given,
    ]);
  });

  it('leaves an address without user information byte for byte', () => {
    const odd = 'HTTPS://Example.COM:443/ä b/../c?d=@#e';
    expect(withoutUser(odd, [])).toEqual([odd, []]);
  });
});
