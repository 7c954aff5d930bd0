// SPDX-License-Identifier: MIT
//
// What the native code reads of the system. A reading that fails has the HRESULT of the Win32 error.

import type { Outcome } from './calls.js';

/** Each kind of reading: what it needs, and what it returns. */
export interface Readings {
  /**
   * A value under a key, such as `'HKLM\\SOFTWARE\\…'`, of the 64-bit registry. The name `''` is the key's
   * default value. Without a name, the result is `true` if there is the key.
   */
  registry: { args: [key: string, name?: string]; result: string | number | true };
  /** A service: `dwStartType` and `dwCurrentState`. */
  service: { args: [name: string]; result: { startType: number; state: number } };
  /** How the user of this process is logged on, by the groups of the token that are enabled. */
  session: {
    args: [];
    result: {
      /** 0 is that of the services. */
      session: number;
      /** The group Interactive. */
      interactive: boolean;
      /** The group Administrators, so the process is elevated. */
      administrator: boolean;
      /** LocalSystem, LocalService or NetworkService. */
      systemAccount: boolean;
    };
  };
  /** The power: `ACLineStatus`, `BatteryFlag` and `SystemStatusFlag`. */
  power: { args: []; result: { line: number; battery: number; saver: number } };
  /** The network: `ConnectivityLevel`, `ConnectivityCost`, `OverDataLimit` and `Roaming`. */
  network: {
    args: [];
    result: { level: number; cost: number; overLimit: boolean; roaming: boolean };
  };
  /** The proxies that are set. A text may have user information. */
  proxies: {
    args: [];
    result: {
      /** WinHTTP's own, for the machine. */
      machine: string | null;
      /** The user's. */
      user: string | null;
      /** The address of the user's configuration script. */
      script: string | null;
      autoDetect: boolean;
    };
  };
}

export type Query<Kind extends keyof Readings = keyof Readings> = {
  [One in Kind]: readonly [One, ...Readings[One]['args']];
}[Kind];

export type ReadingsOf<Queries extends readonly Query[]> = {
  [At in keyof Queries]: Outcome<Readings[Queries[At][0]]['result']>;
};
