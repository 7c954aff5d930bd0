// SPDX-License-Identifier: MIT
// smoke.mjs [--only PART,…] [--server URL]: exercises the dosvc that is installed beside it under
// whichever runtime runs it. The last line counts the checks; the exit status is 1 if one failed. If
// the server (server.mjs) runs elsewhere, it has to send the rest of a file when this prints
// `go: NAME`: under Wine 8, Node cannot connect to it.
//
// It is plain JavaScript without dependencies, so that any runtime can run it.

import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Checks } from './checks.mjs';
import { downloads } from './downloads.mjs';
import { endings } from './endings.mjs';
import { bits, deliveryOptimization } from './jobs.mjs';
import { loader } from './loader.mjs';
import { startServer } from './server.mjs';
import { workers } from './workers.mjs';

// The limit of each check, in milliseconds: more than it needs on a busy machine.
const limit = 60_000;
const parts = { loader, bits, workers, endings, jobs: deliveryOptimization, downloads };

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(parts).join() },
    server: { type: 'string' },
  },
});
const chosen = options.only.split(',').map((name) => {
  if (!Object.hasOwn(parts, name)) throw new Error(`There is no part '${name}'.`);
  return parts[name];
});

const { version } = createRequire(import.meta.url)('dosvc/package.json');
const runtime = process.versions.bun
  ? `Bun ${process.versions.bun}`
  : `Node ${process.versions.node}`;
console.log(`${runtime} on ${process.platform}-${process.arch}, dosvc ${version}`);

const checks = new Checks(limit);
const server = options.server ? undefined : await startServer();
// Who removes the suite removes this, too.
const folder = mkdtempSync(fileURLToPath(new URL('files-', import.meta.url)));
const scene = {
  folder,
  url: options.server ?? server.url,
  letGo: server ? server.letGo : (name) => console.log(`go: ${name}`),
  check: (name, body) => checks.check(name, body),
};
for (const part of chosen) await part(scene);
server?.stop();
console.log(`${checks.passed} passed, ${checks.failed} failed`);
// Nothing but a check that hangs keeps the process alive.
process.exitCode = checks.failed === 0 ? 0 : 1;
if (checks.failed > 0) process.exit();
