// SPDX-License-Identifier: MIT
// https: a server that is trusted, and those that are not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { underWine } from '../../service/under-wine.js';
import { selfSigned } from './certificate.js';
import { Download, start } from './driver.js';
import { bytesOf, RangeServer } from './range-server.js';
import { done } from './scene.js';

const content = bytesOf(1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'dosvc-certificate-'));
const known = join(folder, 'known');
let [trusted, stranger]: RangeServer[] = [];

beforeAll(async () => {
  const certificates = [selfSigned('localhost'), selfSigned('localhost')] as const;
  writeFileSync(known, certificates[0].der);
  [trusted, stranger] = await Promise.all(certificates.map((of) => RangeServer.start(of)));
  // Windows asks whoever sits before it. There, both servers are strangers.
  if (underWine) await start(['trust', known]).ended;
});
afterAll(async () => {
  if (underWine) await start(['distrust', known]).ended;
  await Promise.all([trusted?.stop(), stranger?.stop()]);
  rmSync(folder, { recursive: true });
});

async function fetched(server: RangeServer | undefined, host: string) {
  const url = server?.serve('file.bin', { content, etag: '"1"' }) ?? '';
  const file = new Download(url.replace('127.0.0.1', host));
  try {
    const { ending } = await file.fetch('range=10:500000', 'range=700000:');
    return { ending, bytes: file.temporary };
  } finally {
    file.remove();
  }
}

// Wine says of every certificate alike that the channel failed.
const hresult = underWine ? '80072F7D' : '80072F0D';
const untrusted = { outcome: 'failed', hresult, local: false };

test('a server that is trusted', async () => {
  const { ending, bytes } = await fetched(trusted, 'localhost');
  expect(ending).toEqual(underWine ? done : untrusted);
  const wanted = Buffer.concat([content.subarray(10, 500_010), content.subarray(700_000)]);
  expect(bytes.equals(wanted)).toBe(underWine);
});

test('a server whose authority nobody knows is an error', async () => {
  const { ending, bytes } = await fetched(stranger, 'localhost');
  expect(ending).toEqual(untrusted);
  expect(bytes).toHaveLength(0);
});

test('a server that has another name than its certificate is an error', async () => {
  const { ending, bytes } = await fetched(trusted, '127.0.0.1');
  expect(ending).toEqual(untrusted);
  expect(bytes).toHaveLength(0);
});
