// SPDX-License-Identifier: MIT
//
// A call of download(), checked: what was asked for, with the defaults.

import {
  checkBoolean,
  checkInteger,
  checkList,
  checkOneOf,
  checkOptions,
  checkSignal,
  checkString,
  checkUrl,
  fault,
} from '../arguments.js';
import { downloadCostPolicy, type DownloadCostPolicy } from '../generated/enums.js';
import { checkHeaders } from '../headers.js';
import { longestDelay } from '../remote/connection.js';
import { parseHash, type HashAlgorithm } from './files/hash.js';
import type { TransferOptions } from './options.js';
import { routeNames, type RouteName, type RouteSettings } from './route.js';

// The routes set these headers themselves.
const own = /^(range|if-range|accept-encoding|content-length|transfer-encoding|connection|host)$/i;

/** The options of one download, checked. */
export interface Settings {
  readonly routes: readonly RouteName[];
  readonly route: RouteSettings;
  readonly onHold: 'wait' | 'next' | 'fail';
  readonly holdTimeout: number;
  readonly stallTimeout: number | undefined;
  readonly timeout: number | undefined;
  readonly hash: { algorithm: HashAlgorithm; digest: Buffer } | undefined;
  readonly size: number | undefined;
  readonly verify: TransferOptions['verify'];
  readonly key: string | undefined;
  readonly detach: boolean;
  readonly within: string | undefined;
  readonly makeFolder: boolean;
  readonly markOfTheWeb: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onStart: TransferOptions['onStart'];
  readonly onFailedAttempt: TransferOptions['onFailedAttempt'];
  readonly onProgress: TransferOptions['onProgress'];
}

/** One download, checked. */
export interface Request extends Settings {
  /** Without fragments: they are for the client alone. */
  readonly addresses: readonly string[];
  /** As the caller gave it; checked where the file system is asked about it. */
  readonly file: string;
}

export const optionNames = [
  'routes',
  'priority',
  'cost',
  'onHold',
  'holdTimeout',
  'stallTimeout',
  'timeout',
  'retryDelay',
  'hash',
  'size',
  'verify',
  'headers',
  'fetch',
  'key',
  'detach',
  'within',
  'makeFolder',
  'markOfTheWeb',
  'signal',
  'onStart',
  'onFailedAttempt',
  'onProgress',
] as const satisfies readonly (keyof TransferOptions)[];

const shortestRetryDelay = 5000;
const longestKey = 200;
// No route but `http` takes longer ones than 2,200; servers hardly take any longer than this.
const longestAddress = 65_536;
const costs = Object.keys(downloadCostPolicy) as DownloadCostPolicy[];

/** Checks a whole call. */
export function checkRequest(url: unknown, file: unknown, options: unknown): Request {
  const settings = checkSettings('options', options);
  const addresses = checkAddresses('url', url, settings);
  return { ...settings, addresses, file: checkFile('file', file) };
}

export function checkFile(name: string, file: unknown): string {
  return checkString(name, file, longestAddress);
}

/** One address, or a list of addresses of one content, which only a hash can tell. */
export function checkAddresses(name: string, url: unknown, { hash }: Settings): string[] {
  if (!Array.isArray(url)) return [checkAddress(name, url)];
  const addresses = checkList(name, url, 'URLs').map((one, at) =>
    checkAddress(`${name}[${String(at)}]`, one),
  );
  if (hash !== undefined) return addresses;
  const expected = 'an object { sha512 } or { sha256 }, since there are several addresses';
  throw fault('ERR_INVALID_ARG_TYPE', 'options.hash', expected, hash);
}

function checkAddress(name: string, url: unknown): string {
  return checkUrl(name, url, false, longestAddress).replace(/#.*$/s, '');
}

/** @param name Names the options in errors. */
export function checkSettings(name: string, options: unknown): Settings {
  const given = checkOptions<TransferOptions>(name, options as TransferOptions, optionNames);
  const of = (option: keyof TransferOptions) => `${name}.${option}`;
  const milliseconds = (option: 'holdTimeout' | 'timeout', least = 1) => {
    const value = given[option];
    return value === undefined ? undefined : checkInteger(of(option), value, least, longestDelay);
  };
  const flag = (option: 'detach' | 'makeFolder' | 'markOfTheWeb') =>
    checkBoolean(of(option), given[option] ?? false);
  for (const option of ['verify', 'fetch', 'onStart', 'onFailedAttempt', 'onProgress'] as const) {
    const value: unknown = given[option];
    if (value === undefined || typeof value === 'function') continue;
    throw fault('ERR_INVALID_ARG_TYPE', of(option), 'a function', value);
  }
  checkSignal(of('signal'), given.signal);
  const route = checkRouteSettings(of, given);
  const foreground = route.priority === 'foreground';
  const patient = !foreground || route.cost !== undefined;
  return {
    routes: checkRoutes(of('routes'), given.routes),
    route,
    onHold: checkOneOf(of('onHold'), given.onHold ?? (patient ? 'wait' : 'next'), [
      'wait',
      'next',
      'fail',
    ]),
    holdTimeout: milliseconds('holdTimeout') ?? 30_000,
    stallTimeout: checkStall(of('stallTimeout'), given.stallTimeout ?? (foreground && 120_000)),
    timeout: milliseconds('timeout'),
    hash: given.hash === undefined ? undefined : parseHash(given.hash),
    size: optional(given.size, (size) =>
      checkInteger(of('size'), size, 0, Number.MAX_SAFE_INTEGER),
    ),
    verify: given.verify,
    key: optional(given.key, (key) => checkString(of('key'), key, longestKey)),
    detach: flag('detach'),
    within: optional(given.within, (folder) => checkString(of('within'), folder, longestAddress)),
    makeFolder: flag('makeFolder'),
    markOfTheWeb: flag('markOfTheWeb'),
    signal: given.signal,
    onStart: given.onStart,
    onFailedAttempt: given.onFailedAttempt,
    onProgress: given.onProgress,
  };
}

function checkRouteSettings(
  of: (option: keyof TransferOptions) => string,
  given: Partial<TransferOptions>,
): RouteSettings {
  const priority = checkOneOf(of('priority'), given.priority ?? 'foreground', [
    'foreground',
    'background',
  ]);
  return {
    priority,
    cost: optional(given.cost, (cost) => checkOneOf(of('cost'), cost, costs)),
    retryDelay:
      optional(given.retryDelay, (delay) =>
        checkInteger(of('retryDelay'), delay, shortestRetryDelay, longestDelay),
      ) ?? (priority === 'foreground' ? shortestRetryDelay : undefined),
    headers: optional(given.headers, (headers) => checkHeaders(of('headers'), headers, own)) ?? [],
    fetch: given.fetch ?? globalThis.fetch,
  };
}

function checkRoutes(name: string, value: unknown): readonly RouteName[] {
  if (value === undefined) return routeNames;
  const routes = checkList(name, value, 'names of routes').map((route, at) =>
    checkOneOf(`${name}[${String(at)}]`, route, routeNames),
  );
  if (new Set(routes).size === routes.length) return routes;
  throw fault('ERR_INVALID_ARG_VALUE', name, 'names of routes, each once', value);
}

function checkStall(name: string, value: unknown): number | undefined {
  return value === false ? undefined : checkInteger(name, value, 1, longestDelay);
}

function optional<T, Checked>(
  value: T | undefined,
  check: (value: T) => Checked,
): Checked | undefined {
  return value === undefined ? undefined : check(value);
}
