// SPDX-License-Identifier: MIT
//
// How a job checks servers' certificates and handles redirects: by name for callers, flags for BITS.

import { checkBoolean, checkLiteral, checkOptions, checkUint32, fault } from '../arguments.js';
import { httpSecurityFlag as flag, literalOf, type Open } from '../generated/enums.js';

const redirectPolicies = {
  'allow-silent': flag['redirect-policy-allow-silent'],
  'allow-report': flag['redirect-policy-allow-report'],
  disallow: flag['redirect-policy-disallow'],
} as const;
// BG_HTTP_REDIRECT_POLICY_MASK
const redirectMask = 0x700;

/** Whether a job follows redirects. */
export type RedirectPolicy = keyof typeof redirectPolicies;

const switches = {
  enableCrlCheck: flag['enable-crl-check'],
  ignoreCertCnInvalid: flag['ignore-cert-cn-invalid'],
  ignoreCertDateInvalid: flag['ignore-cert-date-invalid'],
  ignoreUnknownCa: flag['ignore-unknown-ca'],
  ignoreCertWrongUsage: flag['ignore-cert-wrong-usage'],
  allowHttpsToHttp: flag['redirect-policy-allow-https-to-http'],
} as const;
const switchNames = Object.keys(switches) as (keyof typeof switches)[];
const known = Object.values(switches).reduce<number>((all, one) => all | one, redirectMask);

/**
 * How a job checks servers' certificates and handles redirects.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-setsecurityflags
 */
export interface HttpSecurity {
  /**
   * Whether the service checks that a certificate has not been revoked. The job fails if it has been, or
   * if that cannot be found out.
   */
  enableCrlCheck: boolean;
  /** Whether a certificate may be for another host. */
  ignoreCertCnInvalid: boolean;
  /** Whether a certificate may have expired. */
  ignoreCertDateInvalid: boolean;
  /** Whether a certificate may be from an authority that is not trusted. */
  ignoreUnknownCa: boolean;
  /** Whether a certificate may be for another purpose. */
  ignoreCertWrongUsage: boolean;
  /**
   * `'allow-silent'`, the default: the job follows redirects. `'allow-report'`: it does, and the file's
   * remote name becomes the last URL. `'disallow'`: it fails with the HTTP status of the redirect, and the
   * remote name becomes the URL that the server redirects to. Of downloads only. A policy that this version
   * does not know is its bits as a number.
   */
  redirectPolicy: Open<RedirectPolicy>;
  /** Whether the job may be redirected from https to http. */
  allowHttpsToHttp: boolean;
  /** The bits that this version does not know; absent if there are none. */
  otherFlags?: number | undefined;
}

export function httpSecurityOf(flags: number): HttpSecurity {
  const policy = flags & redirectMask;
  const others = (flags & ~known) >>> 0;
  const given = switchNames.map((name) => [name, (flags & switches[name]) !== 0] as const);
  return {
    ...(Object.fromEntries(given) as Record<keyof typeof switches, boolean>),
    redirectPolicy: literalOf(redirectPolicies, policy),
    ...(others !== 0 && { otherFlags: others }),
  };
}

/** Returns the flags. What is not given is off. */
export function checkHttpSecurity(name: string, value: Partial<HttpSecurity> | undefined): number {
  if (value === undefined) throw fault('ERR_INVALID_ARG_TYPE', name, 'a plain object', value);
  const names = [...switchNames, 'redirectPolicy', 'otherFlags'] as const;
  const given = checkOptions<Partial<HttpSecurity>>(name, value, names);
  const { redirectPolicy: policy = 'allow-silent', otherFlags = 0 } = given;
  const on = switchNames.filter(
    (one) => given[one] !== undefined && checkBoolean(`${name}.${one}`, given[one]),
  );
  const redirects =
    typeof policy === 'number'
      ? checkBits(`${name}.redirectPolicy`, policy, redirectMask)
      : checkLiteral(`${name}.redirectPolicy`, policy, redirectPolicies);
  const others = checkBits(`${name}.otherFlags`, otherFlags, ~known);
  return on.reduce((all, one) => all | switches[one], redirects | others) >>> 0;
}

// Any other bit would turn on what the caller did not name.
function checkBits(name: string, value: unknown, mask: number): number {
  const bits = checkUint32(name, value);
  if ((bits & ~mask) === 0) return bits;
  const expected = `a number with bits of 0x${(mask >>> 0).toString(16)} only`;
  throw fault('ERR_OUT_OF_RANGE', name, expected, value);
}
