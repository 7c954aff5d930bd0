// SPDX-License-Identifier: MIT
//
// By which route a download goes on that has left an earlier one: a small file beside the target, for the
// call that takes the transfer up after this process. It is a hint, so nothing depends on its being there.

import { readFile } from 'node:fs/promises';
import { routeNames, type RouteName } from '../route.js';
import { writeText } from './write-text.js';

export interface Way {
  route: RouteName;
  /** Whether its service writes the other file, because the first one has not ended its transfer. */
  other: boolean;
}

/** Reads it; null if there is none. */
export async function readWay(path: string): Promise<Way | null> {
  const [name, other] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
  const route = routeNames.find((one) => one === name);
  return route === undefined ? null : { route, other: other === 'other' };
}

export async function writeWay(path: string, { route, other }: Way): Promise<void> {
  await writeText(path, other ? `${route} other` : route).catch(() => undefined);
}
