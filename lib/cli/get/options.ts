// SPDX-License-Identifier: MIT
//
// The options of `dosvc get`, as download() takes them. Their values are download()'s to check.

import { createHash } from 'node:crypto';
import type { RouteName, TransferOptions } from '../../index.js';
import type { OptionSpecs, ValuesOf } from '../command.js';
import { UsageError } from '../usage.js';

export const optionSpecs = {
  sha512: {
    type: 'string',
    value: '<hash>',
    help: 'The SHA-512 of the file, in hex or base64',
  },
  sha256: {
    type: 'string',
    value: '<hash>',
    help: 'The SHA-256 of the file, in hex or base64',
  },
  size: { type: 'string', value: '<bytes>', help: 'The size that the file must have' },
  header: {
    type: 'string',
    multiple: true,
    value: '"<name>: <value>"',
    help: 'Send a header; may be given more than once',
  },
  route: {
    type: 'string',
    multiple: true,
    value: '<name>',
    help: 'Only delivery-optimization, bits or http, in order',
  },
  background: { type: 'boolean', help: 'Let the service decide when to transfer' },
  cost: { type: 'string', value: '<policy>', help: 'Which networks to use, such as no-roaming' },
  key: {
    type: 'string',
    value: '<key>',
    help: 'Name the transfer, to continue it elsewhere',
  },
  detach: { type: 'boolean', help: 'Leave the transfer to the service; print its key' },
  motw: { type: 'boolean', help: 'Mark the file as one from the internet' },
} as const satisfies OptionSpecs;

export type GetOptions = ValuesOf<typeof optionSpecs>;

/** @throws {UsageError} */
export function transferOptions(options: GetOptions): TransferOptions {
  const { sha512, sha256, size, route, background, cost, detach, motw } = options;
  if (sha512 !== undefined && sha256 !== undefined) {
    throw new UsageError('--sha512 and --sha256 cannot both be given.');
  }
  const hash = sha512 === undefined ? (sha256 === undefined ? undefined : { sha256 }) : { sha512 };
  return {
    ...(hash !== undefined && { hash }),
    ...(size !== undefined && { size: checkSize(size) }),
    ...(route.length > 0 && { routes: route.flatMap((one) => one.split(',')) as RouteName[] }),
    ...(cost !== undefined && { cost: cost as NonNullable<TransferOptions['cost']> }),
    priority: background ? 'background' : 'foreground',
    headers: headersIn(options.header),
    detach,
    markOfTheWeb: motw,
  };
}

/** What names a transfer that was given no key: the same line has the same. */
export function usualKey(url: string, file: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([url, file]))
    .digest('hex');
  return `dosvc-get/${hash.slice(0, 16)}`;
}

/** @throws {UsageError} which shows nothing of a header. */
export function headersIn(lines: readonly string[]): Record<string, string> {
  const headers = lines.map((line): [string, string] => {
    const [, name, value] = /^([^:]+):\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError('--header must be "<name>: <value>".');
    }
    return [name.trim(), value];
  });
  const names = headers.map(([name]) => name.toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`--header gives '${twice}' twice.`);
  return Object.fromEntries(headers);
}

function checkSize(size: string): number {
  if (/^\d{1,15}$/.test(size)) return Number(size);
  throw new UsageError('--size must be a number of bytes.');
}
