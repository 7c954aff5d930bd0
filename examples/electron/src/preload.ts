// SPDX-License-Identifier: MIT
//
// All that the window can reach: the states of the update, and a few commands.

import { contextBridge, ipcRenderer } from 'electron';
import type { State, UpdatesOfWindow } from './state.js';

const updates: UpdatesOfWindow = {
  onState: (listener) => {
    ipcRenderer.on('state', (_, state: State) => {
      listener(state);
    });
  },
  ask: (command) => {
    ipcRenderer.send('ask', command);
  },
};

contextBridge.exposeInMainWorld('updates', updates);
