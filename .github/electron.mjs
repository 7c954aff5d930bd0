// SPDX-License-Identifier: MIT
// The demo in Electron's main process, whose thread is a COM apartment of its own and whose
// executable is not called node.exe.

import { app } from 'electron';

try {
  await import('./demo.mjs');
  app.exit(0);
} catch (error) {
  console.error(error);
  app.exit(1);
}
