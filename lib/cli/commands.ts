// SPDX-License-Identifier: MIT
//
// The commands, in the order in which the help lists them.

import type { AnyCommand } from './command.js';
import { explain } from './commands/explain.js';

export const commands: readonly AnyCommand[] = [explain];
