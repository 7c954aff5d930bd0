// SPDX-License-Identifier: MIT
// Downloads and streams of Delivery Optimization's newer API.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DownloadError } from 'dosvc';
import { assertContent, connectDownloads } from './scene.mjs';
import { contentOf } from './server.mjs';

// The service reports the bytes in whole MiB.
const size = 4 << 20;

/** @param {import('./scene.mjs').Scene} scene */
export async function downloads(scene) {
  const check = (name, body) =>
    scene.check(`downloads: ${name}`, async () => body(await connecting));
  const connecting = connectDownloads();
  connecting.catch(() => {});

  /** Runs the body with a new download, and aborts it if the body has not ended it. */
  const withDownload = async (manager, properties, body) => {
    const download = await manager.createDownload(properties);
    try {
      await body(download);
    } finally {
      await download.abort().catch(() => {});
    }
  };

  await check('a download has events, and its file the bytes', (manager) => {
    const [uri, localPath] = [`${scene.url}/held/${size}/events`, join(scene.folder, 'events')];
    return withDownload(manager, { uri, localPath }, async (download) => {
      const states = new Set();
      const half = new Promise((resolve) => {
        download.on('status', ({ state, bytesTransferred }) => {
          states.add(state);
          if (bytesTransferred > 0) resolve(bytesTransferred);
        });
      });
      await download.start();
      const [found] = await manager.enumDownloads({ id: download.id });
      assert.equal(found.id, download.id);
      const waiting = download.wait();
      const transferred = await Promise.race([half, waiting]);
      assert.ok(transferred <= size / 2, `${transferred} bytes are there already`);
      scene.letGo('events');
      await waiting;
      await download.finalize();
      assertContent(localPath, size, 'events');
      assert.ok(states.has('transferring'));
    });
  });

  await check('a stream delivers its ranges', (manager) =>
    withDownload(manager, { uri: `${scene.url}/whole/${size}/ranges` }, async (download) => {
      const ranges = [
        { offset: 10, length: 100_000 },
        { offset: size - 50, length: 'toEnd' },
      ];
      const pieces = [];
      for await (const piece of download.stream({ ranges })) pieces.push(piece);
      const content = contentOf(size, 'ranges');
      const wanted = Buffer.concat([content.subarray(10, 100_010), content.subarray(size - 50)]);
      assert.ok(Buffer.concat(pieces).equals(wanted), 'the stream has other bytes');
    }),
  );

  await check('a failed download has the error of the server', (manager) => {
    const [uri, localPath] = [`${scene.url}/missing`, join(scene.folder, 'missing')];
    return withDownload(manager, { uri, localPath }, async (download) => {
      await download.start();
      const error = await download.wait().catch((reason) => reason);
      assert.ok(error instanceof DownloadError);
      const { code, hresult } = error;
      assert.deepEqual({ code, hresult }, { code: 'BG_E_HTTP_ERROR_404', hresult: 0x80190194 });
    });
  });

  await connecting.then(
    (manager) => manager.close(),
    () => {},
  );
}
