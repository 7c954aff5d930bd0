// SPDX-License-Identifier: MIT
// Runs the demo in Electron's main process, whose thread has a COM apartment of its own and whose
// executable is not called node.exe.

import { app } from 'electron';

try {
  await import('./demo.mjs');
  app.exit(0);
} catch (error) {
  console.error(error);
  app.exit(1);
}
