// SPDX-License-Identifier: MIT
//
// One download of an update through download(), which leaves it where electron-updater wants it.

import { copyFile, rename, rm } from 'node:fs/promises';
import type {
  CleanUpOptions,
  DiagnosticReport,
  DosvcError,
  TransferError,
  TransferOptions,
  TransferResult,
} from '../index.js';
import type { AttachOptions } from './options.js';
import { hashOf, placeOf, tidy } from './place.js';
import { Progress } from './progress.js';
import type { DownloadCall, DownloadOptions, Inside } from './surface.js';

/** The public API of the package, as far as it is used. */
export interface Library {
  isSupported: () => boolean;
  /** Throws as download() rejects. */
  checkTransferOptions: (name: string, options: TransferOptions) => unknown;
  download: (url: string, file: string, options: Options) => Promise<TransferResult>;
  cleanUp: (options: CleanUpOptions) => Promise<unknown>;
  diagnose: () => Promise<Pick<DiagnosticReport, 'findings'>>;
}

type Options = TransferOptions & { detach?: false };

/** What the downloads of an updater have in common. */
export interface Course {
  library: Library;
  updater: Inside;
  settings: AttachOptions;
}

/**
 * Downloads an update. Rejects as download() does, or with the error of the file; the file is then not
 * there, unless it is electron-updater's to delete.
 */
export async function downloadByService(
  { library, updater, settings }: Course,
  [url, destination, options]: DownloadCall,
  signal: AbortSignal,
): Promise<TransferResult> {
  const hash = hashOf(options) ?? {};
  const place = placeOf(destination, hash);
  const size = sizeOf(updater, options);
  const progress = new Progress(options.onProgress, size);
  try {
    const result = await library.download(url.href, place.file, {
      ...settings,
      routes: settings.routes ?? ['delivery-optimization', 'bits'],
      ...{ hash, size, key: place.key, makeFolder: true, signal },
      headers: headersOf(options),
      onProgress: (now) => {
        progress.report(now);
        settings.onProgress?.(now);
      },
    });
    if (signal.aborted) await rm(result.file, { force: true });
    signal.throwIfAborted();
    await moveTo(result.file, destination);
    signal.throwIfAborted();
    progress.finish(result.bytes);
    return result;
  } finally {
    // Not before, or an update that is taken up after a week would be ended with the others. The update does
    // not wait for it.
    if (!signal.aborted) void tidy(place, library.cleanUp);
  }
}

/**
 * Whether electron-updater's own download would meet the same, or would do what the caller excluded. After
 * an HTTP status it may try: its error for that is the one that applications know.
 */
export function isFinal(error: unknown): boolean {
  const { code, final = false, httpStatus } = error as Partial<TransferError & DosvcError>;
  return code === 'ERROR_DISK_FULL' || (final && httpStatus === undefined);
}

/** The size of an update, if its feed says it. */
function sizeOf(updater: Inside, { sha512 }: DownloadOptions): number | undefined {
  const { files, packages } = updater.updateInfoAndProvider?.info ?? {};
  const all = [...(files ?? []), ...Object.values(packages ?? {})];
  const size = all.find((file) => file.sha512 === sha512)?.size;
  return Number.isSafeInteger(size) ? size : undefined;
}

function headersOf({ headers }: DownloadOptions): Record<string, string> {
  const given = Object.entries(headers ?? {}).filter(([name, value]) => {
    // To accept everything is to say nothing. Without headers, a service itself follows the redirects,
    // anew whenever it continues.
    const says = !(/^accept$/i.test(name) && value === '*/*');
    return says && value !== undefined && value !== null;
  });
  return Object.fromEntries(given) as Record<string, string>;
}

/** Moves a file, or copies it: while a virus scanner reads a new file, it may not be moved. */
async function moveTo(file: string, destination: string): Promise<void> {
  try {
    await rename(file, destination);
  } catch {
    await copyFile(file, destination);
    await rm(file, { force: true }).catch(() => undefined);
  }
}
