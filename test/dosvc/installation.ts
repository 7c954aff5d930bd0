// SPDX-License-Identifier: MIT
// Where the tests find the stand-in. Under Wine it is the system's Delivery Optimization, installed
// by the build. Windows has its own, and is never given another: there the stand-in has a class of
// its own, for as long as the tests run.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { underWine } from '../service/under-wine.js';

const output = join(import.meta.dirname, '../../build/test');

/** Its class. */
export const clsid = underWine
  ? '{5B99FA76-721C-423C-ADAC-56D03C8A8007}'
  : '{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D5}';
/** What connect() is given to reach it. */
export const standIn = underWine ? {} : { service: clsid };

function tell(...args: string[]): void {
  const program = join(output, 'dosvc-stand-in.exe');
  execFileSync(program, [
    ...args,
    '--class',
    clsid,
    '--proxies',
    join(output, 'dosvc-control.dll'),
  ]);
}

/** For Vitest: before all tests, and what it gives after them. */
export default function install(): (() => void) | undefined {
  if (underWine) return undefined;
  const store = mkdtempSync(join(tmpdir(), 'dosvc-stand-in-store-'));
  tell('install', '--store', store);
  return () => {
    tell('uninstall');
    rmSync(store, { recursive: true });
  };
}
