// SPDX-License-Identifier: MIT
//
// The options of attach(): those of download() that electron-updater does not decide.

import type { RouteName, TransferOptions } from '../index.js';

const names = [
  'routes',
  'priority',
  'cost',
  'onHold',
  'holdTimeout',
  'stallTimeout',
  'timeout',
  'retryDelay',
  'onStart',
  'onFailedAttempt',
  'onProgress',
] as const satisfies readonly (keyof TransferOptions)[];

/** Options of {@link attach}: what they mean is the same as in `download()`. */
export interface AttachOptions extends Pick<
  TransferOptions,
  Exclude<(typeof names)[number], 'routes'>
> {
  /**
   * The services to try, in this order; by default both: `['delivery-optimization', 'bits']`. After them
   * comes electron-updater's own download.
   */
  routes?: readonly Exclude<RouteName, 'http'>[] | undefined;
}

/**
 * The options, checked: that attach() has them, and that download() takes their values.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` or `ERR_INVALID_ARG_VALUE`
 * @throws {RangeError} `ERR_OUT_OF_RANGE`
 */
export function optionsOf(
  options: AttachOptions | undefined,
  check: (name: string, options: TransferOptions) => unknown,
): AttachOptions {
  if (options === undefined) return {};
  if (Object.prototype.toString.call(options) !== '[object Object]') {
    throw refusal('ERR_INVALID_ARG_TYPE', `The argument 'options' must be a plain object.`);
  }
  const known: readonly string[] = names;
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue;
    const list = names.map((one) => `'${one}'`).join(', ');
    throw refusal(
      'ERR_INVALID_ARG_VALUE',
      `The argument 'options' must not have a property '${name}'. It may have ${list}.`,
    );
  }
  check('options', options);
  const routes: readonly unknown[] | undefined = options.routes;
  if (!routes?.includes('http')) return options;
  throw refusal(
    'ERR_INVALID_ARG_VALUE',
    `The argument 'options.routes' must not have 'http': electron-updater's own download takes its place.`,
  );
}

/** The error of an argument, in the form of Node's own. */
export function refusal(code: string, message: string): TypeError {
  return Object.assign(new TypeError(message), { code });
}
