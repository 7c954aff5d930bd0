// SPDX-License-Identifier: MIT
// node --require services.cjs: services of the test's own below `dosvc`, where Windows has them. The file
// DOSVC_TEST_SERVICES says what each does with the next call: a list of its transfers, 'hangs', or 'gone'. A
// file beside it, with `.waits` at the end of its name, says that a call hangs.

'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const library = require(join(__dirname, '../../../dist/index.js'));
const { DosvcError } = library;

function doings() {
  return JSON.parse(readFileSync(process.env.DOSVC_TEST_SERVICES, 'utf8'));
}

/** Waits while the service hangs, and fails while it is gone. */
async function transfersOf(service) {
  for (;;) {
    const now = doings()[service];
    if (now === 'gone') {
      const code = 'RPC_S_SERVER_UNAVAILABLE';
      throw new DosvcError('The service has stopped.', { code, hresult: 0x800706ba });
    }
    if (now !== 'hangs') return now;
    writeFileSync(`${process.env.DOSVC_TEST_SERVICES}.waits`, '');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function jobOf({ id, name, state, bytesTransferred, bytesTotal }) {
  const progress = { bytesTransferred, bytesTotal };
  const none = {
    ...{ type: null, priority: null, description: null, owner: null },
    ...{ times: null, error: null, files: null },
  };
  return { id, snapshot: async () => ({ id, displayName: name, state, progress, ...none }) };
}

function downloadOf({ id, name, ...status }) {
  const none = { error: null, extendedError: null, waitingFor: null };
  return {
    id,
    getStatus: async () => ({ ...status, ...none }),
    getProperty: async (property) => (property === 'displayName' ? name : null),
  };
}

library.BackgroundCopyManager.connect = async ({ service }) => ({
  enumJobs: async () => (await transfersOf(service)).map(jobOf),
  getJob: async (id) => (await transfersOf(service)).map(jobOf).find((job) => job.id === id),
  close: async () => undefined,
});
library.DownloadManager.connect = async ({ service }) => ({
  enumDownloads: async () => (await transfersOf(service)).map(downloadOf),
  close: async () => undefined,
});
