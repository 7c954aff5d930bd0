// SPDX-License-Identifier: MIT
//
// What holds for every call to a service: it is made in the multithreaded apartment, never on
// JavaScript's thread, and through a pointer that already has the documented blanket.

import { expect } from 'vitest';
import { pointerSize } from '../facts/struct-layout.js';
import { thisThread, type Entry } from './recorder.js';

const multithreaded = 1; // APTTYPE_MTA

/** The arguments that CoSetProxyBlanket must get. */
const properBlanket = {
  authentication: 0xffff_ffff, // RPC_C_AUTHN_DEFAULT
  authorization: 0, // RPC_C_AUTHZ_NONE
  principal: 'ff'.repeat(pointerSize), // COLE_DEFAULT_PRINCIPAL
  level: 0, // RPC_C_AUTHN_LEVEL_DEFAULT
  impersonation: 3, // RPC_C_IMP_LEVEL_IMPERSONATE
  identity: '00'.repeat(pointerSize), // the process's own
  capabilities: 0x20, // EOAC_STATIC_CLOAKING
};

/** Identifies one interface pointer. */
export function pointer({ object, iid }: { object: number; iid: string }): string {
  return `${String(object)} ${iid}`;
}

export function expectProperCalls(entries: Entry[], options: { bare?: boolean } = {}): void {
  const covered = new Set<string>();
  for (const entry of entries) {
    expect(entry.apartment).toBe(multithreaded);
    expect(entry.thread).not.toBe(thisThread());
    if (entry.event === 'blanket') {
      expect(entry).toMatchObject(properBlanket);
      covered.add(pointer(entry));
    } else if (!options.bare) {
      expect(covered).toContain(pointer(entry));
    }
  }
}
