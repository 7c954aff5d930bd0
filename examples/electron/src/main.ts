// SPDX-License-Identifier: MIT
//
// The main process: one window that shows the update, and the updates, which services of Windows download.

import { join } from 'node:path';
import { app, BrowserWindow, ipcMain } from 'electron';
import { attach } from 'dosvc/electron-updater';
import { autoUpdater } from 'electron-updater';
import { selfTestOf } from './self-test.js';
import type { Command, State } from './state.js';
import { Updates } from './updates.js';

const selfTest = selfTestOf(process.argv);
let window: BrowserWindow | undefined;

autoUpdater.logger = selfTest?.logger ?? console;
if (selfTest !== undefined) autoUpdater.updateConfigPath = selfTest.config;

const tell = (state: State) => {
  window?.webContents.send('state', state);
};
const updates = new Updates(autoUpdater, (state) => {
  tell(state);
  const status = selfTest?.statusOf(state);
  if (status !== undefined) app.exit(status);
});

// The services wait for a network that costs nothing; the self-test must not wait.
const cost = selfTest === undefined ? 'unrestricted' : undefined;
const detach = attach(autoUpdater, { cost, onProgress: updates.heard });

const carryOut: Record<Command, () => void> = {
  check: () => void updates.check(),
  cancel: () => {
    updates.cancel();
  },
  // The service goes on, and the next start takes the download up.
  later: () => {
    app.quit();
  },
  install: () => {
    updates.install();
  },
};

ipcMain.on('ask', (event, command: Command) => {
  // Only the window's own page may ask, and only what is in the list.
  if (event.sender !== window?.webContents) return;
  if (Object.hasOwn(carryOut, command)) carryOut[command]();
});

app.on('before-quit', () => void detach({ keep: true }));
app.on('window-all-closed', () => {
  app.quit();
});

void app.whenReady().then(async () => {
  window = new BrowserWindow({
    width: 480,
    height: 240,
    webPreferences: { preload: join(__dirname, 'preload.js') },
  });
  window.on('closed', () => {
    window = undefined;
  });
  await window.loadFile(join(__dirname, '..', 'src', 'index.html'));
  tell(updates.state);
  await updates.check();
});
