// SPDX-License-Identifier: MIT
// A server, a folder and a target for each test of downloads by the route that works everywhere.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { download, type TransferOptions, type TransferProgress, type TransferResult } from 'dosvc';
import { afterEach, beforeEach } from 'vitest';
import { HttpServer } from '../../http/server.js';
import { bytesOf, type Served } from '../../http/served.js';
import { folders } from './folder.js';

export const routes = ['http'] as const;
export const content = bytesOf(400_000);
export const half = content.length / 2;
export const sha512 = createHash('sha512').update(content).digest('base64');
export const etag = '"1"';

export class HttpScene {
  server!: HttpServer;
  folder = '';
  /** The target. */
  file = '';
  readonly newFolder = folders();

  constructor() {
    beforeEach(async () => {
      this.server = await HttpServer.start();
      this.folder = this.newFolder();
      this.file = join(this.folder, 'file.bin');
    });
    afterEach(async () => {
      await this.server.stop();
    });
  }

  serve(served: Partial<Served> = {}, name = 'file'): string {
    return this.server.serve(name, { content, etag, ...served });
  }

  get(url: string, options: TransferOptions & { detach?: false } = {}): Promise<TransferResult> {
    return download(url, this.file, { routes, ...options });
  }

  /** What is in the target's folder. */
  names(): string[] {
    return readdirSync(this.folder);
  }

  isWhole(path = this.file): boolean {
    return readFileSync(path).equals(content);
  }
}

/** Resolves when half of a held file is there. */
export function halfway(): {
  reached: Promise<unknown>;
  onProgress: (progress: TransferProgress) => void;
} {
  let reach: (progress: TransferProgress) => void = () => undefined;
  const reached = new Promise((resolve) => {
    reach = (progress) => {
      if (progress.bytesTransferred >= half) resolve(undefined);
    };
  });
  return {
    reached,
    onProgress: (progress) => {
      reach(progress);
    },
  };
}
