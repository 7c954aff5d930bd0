// SPDX-License-Identifier: MIT
//
// The names of the files that stand beside a target until it is there. They derive from the transfer's
// tag, so that a later process finds them, and they differ by stage: a service refuses a file that exists.

import { basename, dirname, join } from 'node:path';
import { crypto } from '../../crypto.js';

/** The files beside a target, absolute. */
export interface StageNames {
  /** What a service writes. */
  service: string;
  /** What another service writes while the first one has not ended its transfer. */
  otherService: string;
  /** What the `http` route writes. */
  part: string;
  /** What the `http` route knows of its part. */
  memory: string;
  /** A whole file whose content was checked, but which could not be moved. */
  checked: string;
  /** By which route it goes on, if not by the first. */
  way: string;
  /** Held by the process that transfers. */
  lock: string;
}

const windows = process.platform === 'win32';

// NTFS counts UTF-16 units, other file systems count bytes.
const longestName = 255;
// The longest path that the services accept: MAX_PATH without the terminator.
const longestPath = 259;
// A dot, six characters of the hash, and the extension.
const added = 12;

/** The names for a target. Each has at most 12 characters more than the target's own. */
export function stageNames(target: string, tag: string): StageNames {
  const folder = dirname(target);
  const name = basename(target);
  const start = shortened(name, roomIn(folder, target));
  // Names that are shortened to the same characters still differ.
  const stage = `${start}.${hashOf(start === name ? tag : `${tag}\0${name}`)}`;
  return stagesOf(join(folder, `${stage}.svc`));
}

/** The names beside the same target, from one of those of what a route writes. */
export function stagesOf(written: string): StageNames {
  const stage = written.replace(/\.(svc2?|part)$/i, '');
  return {
    service: `${stage}.svc`,
    otherService: `${stage}.svc2`,
    part: `${stage}.part`,
    memory: `${stage}.meta`,
    checked: `${stage}.done`,
    way: `${stage}.way`,
    lock: `${stage}.lock`,
  };
}

/** How long the start of a name may be. A service that takes the target's path takes the stage's, too. */
function roomIn(folder: string, target: string): number {
  const left = longestPath - join(folder, 'x').length + 1 - added;
  const fits = windows && target.length <= longestPath && left > 0;
  return fits ? Math.min(left, longestName - added) : longestName - added;
}

function shortened(name: string, room: number): string {
  let start = '';
  // By characters, because half of one is no valid name.
  for (const character of name) {
    if (sizeOf(start + character) > room) return start;
    start += character;
  }
  return start;
}

function sizeOf(name: string): number {
  return windows ? name.length : Buffer.byteLength(name);
}

function hashOf(text: string): string {
  const number = crypto().createHash('sha256').update(text).digest().readUInt32BE() % 36 ** 6;
  return number.toString(36).padStart(6, '0');
}
