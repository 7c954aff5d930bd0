// SPDX-License-Identifier: MIT
// The setup of the transfer tests: a server, and downloads that are removed afterwards.

import { afterAll, afterEach, beforeAll } from 'vitest';
import { Download } from './driver.js';
import { type Served } from '../../http/served.js';
import { HttpServer } from '../../http/server.js';

export const done = { outcome: 'done', hresult: '00000000', local: false };
export const stopped = { outcome: 'stopped', hresult: '00000000', local: false };

export function useServer() {
  let server: HttpServer;
  const downloads: Download[] = [];
  beforeAll(async () => {
    server = await HttpServer.start();
  });
  afterEach(() => {
    for (const download of downloads.splice(0)) download.remove();
    server.asked.length = 0;
  });
  afterAll(() => server.stop());
  return {
    server: () => server,
    /** @param after what follows the file's name in the address */
    download: (served: Served, after = '', name = 'file.bin', target = name): Download => {
      const made = new Download(server.serve(name, served) + after, target);
      downloads.push(made);
      return made;
    },
  };
}
