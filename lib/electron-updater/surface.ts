// SPDX-License-Identifier: MIT
//
// What of electron-updater is used: by structure, because its declarations leave the executor out, and
// because it need not be installed where this is compiled.

/** Where electron-updater logs to. */
export interface UpdaterLogger {
  /** Takes a message about what happens. */
  info(message: string): void;
  /** Takes a message about what goes wrong. */
  warn(message: string): void;
}

/** An updater of electron-updater, such as its `autoUpdater`. */
export interface Updater {
  /** Where the updater logs; null if nowhere. */
  readonly logger: UpdaterLogger | null;
}

/** What an updater has besides, at run time. */
export interface Inside extends Updater {
  readonly httpExecutor: Executor;
  /** Throws outside of Electron. */
  readonly netSession?: { resolveProxy(url: string): Promise<string> };
  readonly updateInfoAndProvider?: {
    readonly info?: {
      readonly files?: readonly PublishedFile[];
      readonly packages?: Readonly<Record<string, PublishedFile>> | null;
    };
  } | null;
}

/** A file of an update, as its feed describes it. */
export interface PublishedFile {
  readonly sha512?: string;
  readonly size?: number;
}

export interface Executor {
  /** Downloads a whole file. */
  download: (...call: DownloadCall) => Promise<string>;
}

export type DownloadCall = [url: URL, destination: string, options: DownloadOptions];

export interface DownloadOptions {
  readonly headers?: Readonly<Record<string, unknown>> | null;
  /** In hex. */
  readonly sha2?: string | null;
  /** In hex or base64. */
  readonly sha512?: string | null;
  readonly cancellationToken: CancellationToken;
  readonly onProgress?: ((progress: ProgressInfo) => void) | null;
}

export interface CancellationToken {
  readonly cancelled: boolean;
  onCancel(handler: () => void): void;
  removeListener(event: 'cancel', handler: () => void): void;
  /** Rejects with the CancellationError that the updater recognizes, if the token is cancelled. */
  createPromise<T>(work: (resolve: (value: T) => void) => void): Promise<T>;
}

/** What the listeners of `download-progress` get. */
export interface ProgressInfo {
  total: number;
  /** Bytes since the event before. */
  delta: number;
  transferred: number;
  percent: number;
  bytesPerSecond: number;
}

/** What keeps this from being attached to an updater; undefined if nothing does. */
export function faultOf({ httpExecutor }: Partial<Inside>): string | undefined {
  if (typeof httpExecutor?.download === 'function') return undefined;
  return 'it has no httpExecutor.download()';
}

/** What keeps a call from being understood; undefined if nothing does. */
export function faultOfCall(...[url, destination, options]: unknown[]): string | undefined {
  const { href } = (url ?? {}) as Partial<URL>;
  if (typeof href !== 'string' || typeof destination !== 'string') {
    return 'it names no address and file as expected';
  }
  const token = (options as Partial<DownloadOptions> | null | undefined)?.cancellationToken;
  const methods = ['onCancel', 'removeListener', 'createPromise'] as const;
  if (methods.every((method) => typeof token?.[method] === 'function')) return undefined;
  return 'it has no cancellationToken as expected';
}
