// SPDX-License-Identifier: MIT
// A feed of updates as electron-builder publishes them: latest.yml, installers, and their blockmaps.

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { bytesOf, type Served } from '../http/served.js';
import type { HttpServer } from '../http/server.js';

export interface Published {
  /** The path of the installer. */
  path: string;
  url: string;
  content: Buffer;
}

interface How extends Partial<Served> {
  content?: Buffer;
  /** The hash in the feed, if it is wrong. */
  sha512?: string;
}

const blockSize = 16 * 1024;

export class Feed {
  readonly #server: HttpServer;
  readonly #folder: string;
  readonly url: string;

  /** @param folder Where it is on the server. */
  constructor(server: HttpServer, folder: string) {
    this.#server = server;
    this.#folder = folder;
    this.url = new URL('.', server.serve(`${folder}/x`, { content: Buffer.alloc(0) })).href;
  }

  /** Publishes a version, which is the latest from now on. */
  publish(version: string, { sha512, ...how }: How = {}): Published {
    const content = how.content ?? bytesOf(300_000, version.length + version.charCodeAt(0));
    const name = `app-${version}.exe`;
    const path = `${this.#folder}/${name}`;
    const url = this.#server.serve(path, { etag: '"1"', ...how, content });
    this.#server.serve(`${path}.blockmap`, { content: blockmapOf(content) });
    const hash = sha512 ?? createHash('sha512').update(content).digest('base64');
    const lines = [
      `version: ${version}`,
      'files:',
      `  - url: ${name}`,
      `    sha512: ${hash}`,
      `    size: ${String(content.length)}`,
      `path: ${name}`,
      `sha512: ${hash}`,
      `releaseDate: '2026-11-01T00:00:00.000Z'`,
    ];
    const text = Buffer.from(lines.join('\n'));
    this.#server.serve(`${this.#folder}/latest.yml`, { content: text });
    return { path, url, content };
  }
}

/** The blocks of a file, as the differential download compares those of two versions. */
function blockmapOf(content: Buffer): Buffer {
  const starts = Array.from({ length: Math.ceil(content.length / blockSize) }, (_, at) => at);
  const blocks = starts.map((at) => content.subarray(at * blockSize, (at + 1) * blockSize));
  const checksums = blocks.map((block) => createHash('md5').update(block).digest('base64'));
  const sizes = blocks.map((block) => block.length);
  const files = [{ name: 'file', offset: 0, checksums, sizes }];
  return gzipSync(JSON.stringify({ version: '2', files }));
}
