// SPDX-License-Identifier: MIT
// `dosvc` of this clone's build, in a Windows Node of its own.

import { join } from 'node:path';
import { run, start, type Child, type Ending, type Options } from '../processes/child.js';

const program = join(import.meta.dirname, '../../dist/cli.js');

/** Runs it to its end. */
export function dosvc(args: readonly string[], options?: Options): Promise<Ending> {
  return run(program, [...args], options);
}

/** Starts it. */
export function startDosvc(args: readonly string[], options?: Options): Child {
  return start(program, [...args], options);
}
