// SPDX-License-Identifier: MIT
// HTTPS transfers from a server that is trusted, and from servers that are not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { underWine } from '../../system/under-wine.js';
import { selfSigned } from '../../http/certificate.js';
import { Download, start } from '../../stand-in/client/driver.js';
import { bytesOf } from '../../http/served.js';
import { HttpServer } from '../../http/server.js';
import { done } from '../../stand-in/client/transfers.js';

const content = bytesOf(1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'dosvc-certificate-'));
const known = join(folder, 'known');
let [trusted, stranger]: HttpServer[] = [];

beforeAll(async () => {
  const certificates = [selfSigned('localhost'), selfSigned('localhost')] as const;
  writeFileSync(known, certificates[0].der);
  [trusted, stranger] = await Promise.all(certificates.map((of) => HttpServer.start(of)));
  // Windows asks the user before it trusts a certificate. There, both servers are untrusted.
  if (underWine) await start(['trust', known]).ended;
});
afterAll(async () => {
  if (underWine) await start(['distrust', known]).ended;
  await Promise.all([trusted?.stop(), stranger?.stop()]);
  rmSync(folder, { recursive: true });
});

async function fetched(server: HttpServer | undefined, host: string) {
  const url = server?.serve('file.bin', { content, etag: '"1"' }) ?? '';
  const file = new Download(url.replace('127.0.0.1', host));
  try {
    const { ending } = await file.fetch('range=10:500000', 'range=700000:');
    return { ending, bytes: file.temporary };
  } finally {
    file.remove();
  }
}

// Wine reports the same channel failure for every invalid certificate.
const hresult = underWine ? '80072F7D' : '80072F0D';
const untrusted = { outcome: 'failed', hresult, local: false };

test('a server is accepted if its certificate is trusted', async () => {
  const { ending, bytes } = await fetched(trusted, 'localhost');
  expect(ending).toEqual(underWine ? done : untrusted);
  const wanted = Buffer.concat([content.subarray(10, 500_010), content.subarray(700_000)]);
  expect(bytes.equals(wanted)).toBe(underWine);
});

test('a server with an unknown authority is an error', async () => {
  const { ending, bytes } = await fetched(stranger, 'localhost');
  expect(ending).toEqual(untrusted);
  expect(bytes).toHaveLength(0);
});

test('a server whose name differs from its certificate is an error', async () => {
  const { ending, bytes } = await fetched(trusted, '127.0.0.1');
  expect(ending).toEqual(untrusted);
  expect(bytes).toHaveLength(0);
});
