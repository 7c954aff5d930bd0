// SPDX-License-Identifier: MIT
//
// How the user is logged on. BITS runs a job only while its owner is logged on interactively.
//
// See https://learn.microsoft.com/windows/win32/bits/users-and-network-connections

import { hex } from '../codes.js';
import type { ReadingOf } from '../remote/system.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const sessionTable = {
  'logon-interactive': {
    severity: 'ok',
    meaning: 'The user of this process is logged on interactively.',
  },
  'logon-system-account': {
    severity: 'info',
    meaning:
      "This process runs under one of Windows' own accounts, which BITS counts as always logged on. They have network settings of their own.",
  },
  'logon-not-interactive': {
    severity: 'error',
    meaning:
      'The user of this process is not logged on interactively, as in a service, a scheduled task, over SSH or PowerShell remoting. {service} runs the jobs only of users who are.',
    advice:
      'Run the program in the session of the logged-on user, or download by other means: the route http of download() needs no logon.',
    errors: { bits: 'ERROR_NOT_LOGGED_ON' },
  },
  elevated: {
    severity: 'info',
    meaning:
      'This process is elevated. A job that it creates cannot be changed by a process of the same user that is not elevated.',
  },
  'logon-unreadable': {
    severity: 'warning',
    meaning: 'How the user of this process is logged on could not be read ({code}).',
    advice: 'If BITS reports ERROR_NOT_LOGGED_ON, run the program in an interactive session.',
  },
} as const satisfies Record<string, Entry>;

const finding = findingsIn(sessionTable);

export const sessionQueries = { session: ['session'] } as const;

export function sessionFindings({
  session: { value, hresult },
}: {
  session: ReadingOf<'session'>;
}): Finding<keyof typeof sessionTable>[] {
  if (value === null) return [finding('logon-unreadable', { facts: { code: hex(hresult) } })];
  const facts = { session: value.session };
  const logon = () => {
    if (value.systemAccount) return finding('logon-system-account', { facts });
    if (value.interactive) return finding('logon-interactive', { facts });
    return finding('logon-not-interactive', { service: 'bits', facts });
  };
  return [logon(), ...(value.administrator ? [finding('elevated')] : [])];
}
