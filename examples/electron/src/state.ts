// SPDX-License-Identifier: MIT
//
// What the main process tells the window, and what the window may ask of it. All of it is plain data, as
// IPC needs it.

export type State =
  | { name: 'checking' }
  | { name: 'up to date' }
  | {
      name: 'downloading';
      version: string;
      /** 0 to 100. */
      percent: number;
      bytesPerSecond: number;
      /** Why it does not proceed, such as `'cost'`; null if it does. */
      waitingFor: string | null;
    }
  | { name: 'ready'; version: string }
  | { name: 'cancelled' }
  | { name: 'failed'; error: Record<string, unknown> };

export const commands = ['check', 'cancel', 'later', 'install'] as const;

export type Command = (typeof commands)[number];

/** What the preload script gives the window, as `window.updates`. */
export interface UpdatesOfWindow {
  /** Tells it the state now, and whenever it changes. */
  onState: (listener: (state: State) => void) => void;
  ask: (command: Command) => void;
}
