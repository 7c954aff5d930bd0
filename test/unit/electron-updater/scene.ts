// SPDX-License-Identifier: MIT
// An updater as electron-updater's are inside, and a library that does as a test says, in place of the
// services.

import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TransferOptions, TransferResult } from '../../../lib/index.js';
import { attachBy } from '../../../lib/electron-updater/attachment.js';
import type { Library } from '../../../lib/electron-updater/by-service.js';
import type { AttachOptions } from '../../../lib/electron-updater/options.js';
import { checkSettings } from '../../../lib/transfer/request.js';
import type {
  DownloadOptions,
  Executor as SurfaceExecutor,
  Inside,
  ProgressInfo,
  Updater,
} from '../../../lib/electron-updater/surface.js';
import { folders } from '../transfer/folder.js';

export const content = 'a whole installer';
export const sha512 = createHash('sha512').update(content).digest('base64');
export const url = new URL('https://example.com/app.exe?v=2');

/** Electron-updater's error of a cancelled download. */
export class CancellationError extends Error {}

/** A token as that of electron-updater. */
export class Token extends EventEmitter {
  cancelled = false;

  cancel(): void {
    this.cancelled = true;
    this.emit('cancel');
  }

  onCancel(handler: () => void): void {
    if (this.cancelled) handler();
    else this.once('cancel', handler);
  }

  createPromise<T>(work: (resolve: (value: T) => void) => void): Promise<T> {
    if (this.cancelled) return Promise.reject(new CancellationError('cancelled'));
    return new Promise(work);
  }
}

/** What a library got from a call, and what it does. */
export interface Got {
  url: string;
  file: string;
  options: TransferOptions;
  write: (text?: string) => Promise<TransferResult>;
  /** Rejects when the download is aborted. */
  hang: () => Promise<never>;
}

export class FakeLibrary implements Library {
  supported = true;
  proxies: Record<string, string> | null = null;
  script: (got: Got) => Promise<TransferResult> = ({ write }) => write();
  readonly calls: Got[] = [];
  readonly cleaned: unknown[] = [];

  isSupported = () => this.supported;

  checkTransferOptions = checkSettings;

  cleanUp = (options: object) => Promise.resolve(void this.cleaned.push(options));

  diagnose = () => {
    const code = this.proxies === null ? 'proxy-none' : 'proxy-set';
    const findings = [{ code, facts: this.proxies ?? {} }];
    return Promise.resolve({ findings } as unknown as Awaited<ReturnType<Library['diagnose']>>);
  };

  download = (url: string, file: string, options: TransferOptions) => {
    const write = (text = content) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      const sent = { route: 'bits', id: '1', bytes: text.length, file } as const;
      return Promise.resolve<TransferResult>({
        ...{ ...sent, verified: 'sha512', elapsed: 1, attempts: [] },
      });
    };
    const hang = () =>
      new Promise<never>((_, reject) => {
        const abort = () => {
          reject(Object.assign(new Error('aborted'), { code: 'ABORT_ERR' }));
        };
        if (options.signal?.aborted) abort();
        options.signal?.addEventListener('abort', abort);
      });
    const got = { url, file, options, write, hang };
    this.calls.push(got);
    return this.script(got);
  };
}

/** The executor's own download, which is a method of its class. */
class Executor {
  readonly theirs: string[] = [];

  download(from: URL, destination: string, options: DownloadOptions): Promise<string> {
    if (options.cancellationToken.cancelled) return Promise.reject(new CancellationError());
    this.theirs.push(from.href);
    writeFileSync(destination, 'theirs');
    return Promise.resolve(destination);
  }
}

export class FakeUpdater implements Updater {
  readonly said: string[] = [];
  readonly httpExecutor: { theirs: string[] } & SurfaceExecutor = new Executor();
  netSession?: Inside['netSession'];
  updateInfoAndProvider: Inside['updateInfoAndProvider'] = null;
  logger: Updater['logger'] = {
    info: (message: string) => void this.said.push(`info ${message}`),
    warn: (message: string) => void this.said.push(`warn ${message}`),
  };
}

/** Returns what makes the scene of the current test. */
export function scenes() {
  const folderOf = folders();
  return () => {
    const cache = join(folderOf(), 'app-updater');
    const pending = join(cache, 'pending');
    mkdirSync(pending, { recursive: true });
    const destination = join(pending, 'temp-app.exe');
    const library = new FakeLibrary();
    const updater = new FakeUpdater();
    const token = new Token();
    const progress: ProgressInfo[] = [];
    const options: DownloadOptions = {
      headers: { accept: '*/*' },
      sha512,
      cancellationToken: token,
      onProgress: (info) => progress.push(info),
    };
    const attach = (settings?: AttachOptions) => attachBy(library, updater, settings);
    const get = (more: Partial<DownloadOptions> = {}, to = destination, from = url) =>
      updater.httpExecutor.download(from, to, { ...options, ...more });
    /** What is in the file that the updater wanted. */
    const delivered = () =>
      existsSync(destination) ? readFileSync(destination, 'utf8') : undefined;
    return {
      ...{ cache, pending, destination, library, updater, token, progress },
      ...{ attach, get, delivered },
    };
  };
}
