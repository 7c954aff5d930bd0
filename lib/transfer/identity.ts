// SPDX-License-Identifier: MIT
//
// Which download is which: by its target and key while it runs, and by its content as well when a later
// process takes it up.

import { resolve } from 'node:path';
import { crypto } from '../crypto.js';
import { stageNames, type StageNames } from './files/names.js';
import type { Request } from './request.js';

const windows = process.platform === 'win32';

/** The files beside a target. One that an earlier download left for another content is overwritten. */
export function namesOf({ key = '' }: Request, target: string): StageNames {
  return stageNames(target, key);
}

/** The same for two calls of which only one can run at a time. */
export function placeOf({ key = '', file }: Request): string {
  const path = resolve(file);
  return `${windows ? path.toLowerCase() : path}\0${key}`;
}

/** Names a transfer to a service: the same for a target, a key, and a content. */
export function tagOf(request: Request, target: string): string {
  const { key, hash, addresses } = request;
  const content = hash === undefined ? [] : [hash.algorithm, hash.digest.toString('hex')];
  // A key names the same content at any address, if its hash is the same, too.
  const from = key !== undefined && hash !== undefined ? [] : addresses;
  const all = [placeOf({ ...request, file: target }), ...content, ...from];
  return crypto().createHash('sha256').update(all.join('\0')).digest('hex').slice(0, 24);
}

/** Whether transfers with the same tag from different addresses have the same content. */
export function isSameContent({ key, hash, addresses }: Request): boolean {
  return hash !== undefined && (key !== undefined || addresses.length > 1);
}
