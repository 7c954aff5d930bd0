// SPDX-License-Identifier: MIT
//
// The commands, in the order in which the help lists them.

import type { AnyCommand } from './command.js';
import { cancel } from './commands/cancel.js';
import { clean } from './commands/clean.js';
import { complete } from './commands/complete.js';
import { diagnose } from './commands/diagnose.js';
import { downloads } from './commands/downloads.js';
import { explain } from './commands/explain.js';
import { get } from './commands/get.js';
import { job } from './commands/job.js';
import { jobs } from './commands/jobs.js';
import { resume } from './commands/resume.js';
import { suspend } from './commands/suspend.js';
import { watch } from './commands/watch.js';

export const commands: readonly AnyCommand[] = [
  get,
  jobs,
  downloads,
  job,
  suspend,
  resume,
  cancel,
  complete,
  watch,
  clean,
  diagnose,
  explain,
];
