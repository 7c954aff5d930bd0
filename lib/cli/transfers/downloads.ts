// SPDX-License-Identifier: MIT
//
// The downloads of Delivery Optimization's newer API.

import {
  DosvcError,
  DownloadManager,
  type Download,
  type DownloadStatus,
  type Success,
} from '../../index.js';
import { printable, withoutSecrets } from '../printable.js';
import {
  isOurs,
  success,
  titleOf,
  withoutMark,
  type Reading,
  type Row,
  type Source,
  type Transfer,
} from './transfer.js';

/** What does not change, each null where the service has none. */
interface Names {
  displayName: string | null;
  uri: string | null;
  localPath: string | null;
}

export class Downloads implements Source {
  readonly title: string;
  readonly what = 'downloads';
  readonly #service: string;
  readonly #names = new Map<string, Names>();
  #manager: Promise<DownloadManager> | undefined;

  constructor(service: string) {
    this.title = titleOf(service);
    this.#service = service;
  }

  async list(): Promise<readonly Transfer[]> {
    const manager = await this.#connect();
    return (await manager.enumDownloads()).map((download) => this.#transferOf(download));
  }

  async get(id: string): Promise<Transfer | undefined> {
    const manager = await this.#connect();
    const [found] = await manager.enumDownloads({ id });
    return found === undefined ? undefined : this.#transferOf(found);
  }

  async close(): Promise<void> {
    const manager = this.#manager;
    this.#manager = undefined;
    await (await manager?.catch(() => undefined))?.close();
  }

  #transferOf(download: Download): Transfer {
    return new OneDownload(download, this.#service, this.#names);
  }

  #connect(): Promise<DownloadManager> {
    this.#manager ??= DownloadManager.connect({ service: this.#service });
    return this.#manager;
  }
}

class OneDownload implements Transfer {
  readonly id: string;
  readonly service: string;
  readonly #download: Download;
  /** Of every download that was read: a table is read again and again. */
  readonly #known: Map<string, Names>;

  constructor(download: Download, service: string, known: Map<string, Names>) {
    this.id = download.id;
    this.service = service;
    this.#download = download;
    this.#known = known;
  }

  async read(): Promise<Reading> {
    const [status, names] = await Promise.all([this.#download.getStatus(), this.#names()]);
    const { state, bytesTransferred, bytesTotal, error, extendedError, waitingFor } = status;
    const { displayName, uri, localPath } = names;
    const name = withoutMark(displayName);
    return {
      row: {
        id: this.id,
        name: name === null || name === '' ? (localPath ?? uri) : name,
        state,
        bytesTransferred,
        bytesTotal,
        trouble: error ?? extendedError,
        over: overOf(status),
      },
      object: { kind: 'download', service: this.service, id: this.id, ...names, ...status },
      details: [
        ['Service', titleOf(this.service)],
        ...(waitingFor === null ? [] : [['Waits for', waitingFor] as const]),
        ...(uri === null ? [] : [['From', printable(uri)] as const]),
        ...(localPath === null ? [] : [['To', printable(localPath)] as const]),
      ],
      ours: isOurs(displayName),
    };
  }

  async suspend(): Promise<Success> {
    await this.#download.pause();
    return success;
  }

  async resume(): Promise<Success> {
    await this.#download.start();
    return success;
  }

  async cancel(): Promise<Success> {
    await this.#download.abort();
    return success;
  }

  async complete(): Promise<Success> {
    await this.#download.finalize();
    return success;
  }

  async #names(): Promise<Names> {
    const known = this.#known.get(this.id);
    if (known !== undefined) return known;
    const [displayName, uri, localPath] = await Promise.all(
      (['displayName', 'uri', 'localPath'] as const).map((name) => this.#property(name)),
    );
    const names = {
      displayName: displayName ?? null,
      uri: uri == null ? null : withoutSecrets(uri),
      localPath: localPath ?? null,
    };
    this.#known.set(this.id, names);
    return names;
  }

  // One that was never set cannot be read, nor one that this version of Windows lacks.
  async #property(name: keyof Names): Promise<string | null> {
    try {
      return await this.#download.getProperty(name);
    } catch (error) {
      if (error instanceof DosvcError) return null;
      throw error;
    }
  }
}

function overOf({ state, error }: DownloadStatus): Row['over'] {
  if (state === 'transferred' || state === 'finalized') return 'done';
  if (state === 'aborted') return 'ended';
  return error === null ? null : 'failed';
}
