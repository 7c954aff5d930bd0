// SPDX-License-Identifier: MIT
// A COM class whose activation hangs: its server starts, and never registers it. No service has to
// cooperate, so a call hangs in the same way everywhere.

import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const clsid = '{8D0A5B0E-54C7-4A1B-9E67-2B1F5C3D9A70}';
const server = fileURLToPath(new URL('programs/never.mjs', import.meta.url));
// Wine looks for classes here alone. On Windows this needs an administrator.
const key = `HKLM\\Software\\Classes\\CLSID\\${clsid}`;

function reg(...args) {
  execFileSync('reg', args, { stdio: 'ignore' });
}

/**
 * Runs the body with the class, and then ends what COM has started for it.
 * @param {string} folder
 * @param {(clsid: string) => Promise<void>} body
 */
export async function withHangingClass(folder, body) {
  const command = `"${process.execPath}" "${server}" "${folder}"`;
  reg('add', `${key}\\LocalServer32`, '/ve', '/d', command, '/f');
  try {
    await body(clsid);
  } finally {
    reg('delete', key, '/f');
    for (const { file, pid } of servers(folder)) {
      end(pid);
      rmSync(file);
    }
  }
}

/**
 * The servers that COM has started.
 * @param {string} folder
 */
export function servers(folder) {
  return readdirSync(folder).flatMap((name) => {
    const [, pid] = /^server-(\d+)$/.exec(name) ?? [];
    return pid ? [{ file: join(folder, name), pid: Number(pid) }] : [];
  });
}

/** @param {number} pid */
function end(pid) {
  try {
    process.kill(pid);
  } catch {
    // It has ended, or another check has ended it.
  }
}
