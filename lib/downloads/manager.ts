// SPDX-License-Identifier: MIT

import type { Call, HandleValue, Kept, Outcome, Value } from '../../typings/binding.js';
import type { Variant } from '../../typings/rows.js';
import { anyGuid, checkOptions, checkString, fault, oneOf } from '../arguments.js';
import { Connection, type ConnectOptions } from '../connection.js';
import { describe, DosvcError } from '../errors.js';
import { downloadProperty, downloadState } from '../generated/enums.js';
import { callOf, Remote, resultOf, valueOf } from '../remote.js';
import { Download } from './download.js';
import {
  aboutProperty,
  downloadProperties,
  setCall,
  type SettableDownloadProperties,
} from './properties.js';
import { SharedDownload, spelled } from './shared-download.js';

/** A new download's properties; any of them may be set later, before the start. */
export interface CreateDownloadOptions extends Partial<SettableDownloadProperties> {
  /** Short for `foregroundPriority`. */
  foreground?: boolean;
}

/** By which property downloads are looked for: one of them. */
export interface DownloadFilter {
  /** A GUID, in any usual spelling. */
  id?: string;
  uri?: string;
  contentId?: string;
  displayName?: string;
  localPath?: string;
}

const filters = ['id', 'uri', 'contentId', 'displayName', 'localPath'] as const;
// No documented limit: that of a path, the longest of them.
const longestFilter = 32_767;
const DO_E_NO_DOWNLOADS = 0x80d02005;

const getId = callOf('IDODownload::GetProperty', [downloadProperty.id]);
const getStatus = callOf('IDODownload::GetStatus', []);

/**
 * The front door of Delivery Optimization's newer API.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idomanager
 */
export class DownloadManager {
  readonly #remote: Remote;

  private constructor(remote: Remote) {
    this.#remote = remote;
  }

  /**
   * Connects to the service, which the system starts if it is not running.
   *
   * Rejects `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or `ERR_DOSVC_LOAD_FAILED` where
   * the binary cannot be used, `ERR_DOSVC_SERVICE_MISSING` where the service does not have this API
   * (BITS never does), and the service's own code where it does not start
   * (`ERROR_SERVICE_DISABLED`).
   */
  static async connect(options?: ConnectOptions): Promise<DownloadManager> {
    return new DownloadManager(await Connection.open('IDOManager', options));
  }

  /**
   * Makes a download, and sets its properties; {@link Download.start} starts it. Where the service
   * refuses a property, the download is aborted, and the error says which property it was.
   *
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-createdownload
   */
  async createDownload(options?: CreateDownloadOptions): Promise<Download> {
    const properties = settingsOf(options);
    const { service } = this.#remote.connection;
    const row = 'IDOManager::CreateDownload';
    const then = [getId, ...properties.map(({ call }) => call)];
    const [outcome] = await this.#remote.hop(row, [callOf(row, [], { then, keep: true })]);
    const made = resultOf(outcome, { service: service.title, operation: row }) as unknown as Kept;
    const { object, outcomes } = made;
    const [got, ...set] = outcomes;
    try {
      const operation = 'IDODownload::GetProperty';
      const id = checkId(resultOf(got, { service: service.title, operation }));
      properties.forEach(({ name }, at) => {
        checkSet(name, set[at], service.title);
      });
      return this.#downloadOf(object, id, { owned: true, state: downloadState.created });
    } catch (error) {
      const remote = new Remote(this.#remote.connection, object);
      await remote.callAtOnce('IDODownload::Abort').catch(() => undefined);
      remote.close();
      throw error;
    }
  }

  /**
   * The caller's downloads, begun by whichever process; an empty list where there are none. Disposing
   * one of these only lets it go.
   *
   * @param filter One property that they have; without it, all.
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-enumdownloads
   */
  async enumDownloads(filter?: DownloadFilter | null): Promise<Download[]> {
    const category = categoryOf(filter);
    const found = await this.#list(category);
    const guid = filter?.id === undefined ? undefined : anyGuid(filter.id);
    if (found.length > 0 || guid === undefined) return found.map(({ download }) => download());
    // The service knows its ids in its own spelling alone.
    const all = await this.#list(null);
    return all.flatMap(({ id, object, download }) => {
      if (spelled(id) === guid) return [download()];
      this.#remote.drop(object);
      return [];
    });
  }

  async #list(category: DownloadCategory | null): Promise<Found[]> {
    const then = [getId, getStatus];
    const listed = await this.#remote.list('IDOManager::EnumDownloads', [category], then);
    return listed.flatMap(({ object, outcomes: [outcome, status] }) => {
      const id = valueOf('IDODownload::GetProperty', outcome)?.value;
      if (typeof id === 'string') {
        const state = valueOf('IDODownload::GetStatus', status)?.state;
        const download = () => this.#downloadOf(object, id, { owned: false, state });
        return [{ id, object, download }];
      }
      // It ended between two calls.
      this.#remote.drop(object);
      return [];
    });
  }

  // Where the service went away, the download is had again by its id, if it outlived the service.
  #downloadOf(download: HandleValue, given: string, { owned, state }: Made): Download {
    const manager = this.#remote;
    const origin = async () => {
      const category = { property: downloadProperty.id, value: given };
      const [found] = await manager.callAtOnce('IDOManager::EnumDownloads', category);
      if (found === undefined) throw gone();
      return found;
    };
    const id = spelled(given);
    const shared = SharedDownload.of(manager.connection, id);
    if (state !== undefined) shared.saw(state);
    const remote = new Remote(manager.connection, download, origin).unite(shared.key);
    return new Download(remote, shared, id, owned);
  }

  /**
   * Lets go of the service, of this manager's downloads and their subscriptions. Calls that are
   * running settle; later ones reject `ERR_DOSVC_CLOSED`. The downloads themselves go on in the
   * service; streams end with `ERR_DOSVC_CLOSED`, which aborts theirs.
   */
  close(): Promise<void> {
    this.#remote.connection.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

interface Made {
  owned: boolean;
  /** As it was a moment ago, where that is known. */
  state: number | undefined;
}

interface Found {
  /** As the service spells it. */
  id: string;
  object: HandleValue;
  /** The object for it. */
  download: () => Download;
}

interface DownloadCategory {
  property: number;
  value: string;
}

interface Setting {
  name: string;
  call: Call;
}

function settingsOf(options: CreateDownloadOptions | undefined): Setting[] {
  return Object.entries(checkOptions('options', options)).flatMap(([given, value]) => {
    const name = given === 'foreground' ? 'foregroundPriority' : given;
    if (!Object.hasOwn(downloadProperties, name)) {
      const known = oneOf(['foreground', ...Object.keys(downloadProperties)]);
      throw fault('ERR_INVALID_ARG_VALUE', 'options', `an object with ${known}`, given);
    }
    return (value as unknown) === undefined
      ? []
      : [{ name, call: setCall(name, value, `options.${given}`) }];
  });
}

function checkId(variant: Value): string {
  const { value } = variant as unknown as Variant;
  if (typeof value === 'string') return value;
  throw noId();
}

function checkSet(name: string, outcome: Outcome | undefined, service: string): void {
  try {
    resultOf(outcome, { service, operation: 'IDODownload::SetProperty' });
  } catch (error) {
    throw aboutProperty(name, error);
  }
}

function categoryOf(filter: DownloadFilter | null | undefined): DownloadCategory | null {
  const all: [string, unknown][] = Object.entries(checkOptions('filter', filter ?? undefined));
  const given = all.filter(([, value]) => value !== undefined);
  const [first] = given;
  if (all.length === 0) return null;
  const [name, value] = first ?? [];
  const known = filters.find((one) => one === name);
  if (known === undefined || given.length > 1) {
    const names = given.map(([each]) => each);
    throw fault('ERR_INVALID_ARG_VALUE', 'filter', `an object with ${oneOf(filters)}`, names);
  }
  const text = checkString(`filter.${known}`, value, longestFilter);
  return { property: downloadProperty[known], value: text };
}

function noId(): DosvcError {
  const operation = 'IDODownload::GetProperty';
  const meaning = 'The service gave the download no id.';
  const { words, ...named } = describe(0x8000ffff, { meaning });
  return new DosvcError(`${operation}: ${words}`, { ...named, operation });
}

function gone(): DosvcError {
  const { names, code, hresult } = describe(DO_E_NO_DOWNLOADS);
  return new DosvcError(
    `The service was restarted, and this download went with it: only one with the property 'nonVolatile' outlives it. Make it again. (${code})`,
    { code, names, hresult, operation: 'IDOManager::EnumDownloads' },
  );
}
