// SPDX-License-Identifier: MIT
//
// The entry point of the download API: connects to the service, and creates and finds its downloads.

import { inspect, type InspectOptions } from 'node:util';
import { line } from '../inspection.js';
import type { HandleValue, Outcome } from '../../typings/binding.js';
import type { DownloadStatus as BoundaryStatus, EnumCategory } from '../../typings/rows.js';
import { anyGuid, checkOptions, checkSecret, fault, oneOf } from '../arguments.js';
import { callOf, valueOf } from '../remote/calls.js';
import type { ConnectOptions } from '../remote/connection.js';
import { closedError } from '../errors.js';
import { downloadProperty, downloadState } from '../generated/enums.js';
import { Remote } from '../remote/remote.js';
import { Download } from './download.js';
import { downloadProperties, properties, type SettableDownloadProperties } from './properties.js';
import { sharedDownloads, normalizedId } from './shared-download.js';

type Optional<T> = { [Name in keyof T]?: T[Name] | undefined };

/** The initial properties of a download. Each can also be set later, before the start. */
export interface CreateDownloadOptions extends Optional<SettableDownloadProperties> {
  /** Short for `foregroundPriority`. */
  foreground?: boolean | undefined;
}

/** The property by which to find downloads: exactly one of these. */
export interface DownloadFilter {
  /** The id, a GUID with or without braces or hyphens. */
  id?: string;
  /** The URL to download from, compared as text: a `URL` object as its `href`. */
  uri?: string | URL;
  /** The id of published content. */
  contentId?: string;
  /** The name shown to users. */
  displayName?: string;
  /** The absolute path of the target file. */
  localPath?: string;
}

const filters = ['id', 'uri', 'contentId', 'displayName', 'localPath'] as const;
// No limit is documented. A path is the longest of these values, so the limit of a path applies.
const longestFilter = 32_767;
const DO_E_NO_DOWNLOADS = 0x80d02005;
const E_UNEXPECTED = 0x8000ffff;
const lost =
  "The service was restarted and this download was lost: only a download with the property 'nonVolatile' survives a restart. Create it again.";

const getId = callOf('IDODownload::GetProperty', [downloadProperty.id]);
const getStatus = callOf('IDODownload::GetStatus', []);

/**
 * The entry point of Delivery Optimization's newer API, for downloads of one file each.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idomanager
 */
export class DownloadManager {
  readonly #remote: Remote;

  private constructor(remote: Remote) {
    this.#remote = remote;
  }

  /**
   * Connects to the service. The system starts the service if it is not running.
   *
   * Rejects with `ERR_DOSVC_UNSUPPORTED_PLATFORM`, `ERR_DOSVC_NO_BINARY` or `ERR_DOSVC_LOAD_FAILED` if
   * the native binary cannot be used; with `ERR_DOSVC_SERVICE_MISSING` if the system does not have the
   * service; with `ERR_DOSVC_INTERFACE_MISSING` if the service does not have this API, as with BITS, and
   * with Delivery Optimization before Windows 10 version 1809; and with the service's own code if it does
   * not start, such as `ERROR_SERVICE_DISABLED`.
   */
  static async connect(options?: ConnectOptions): Promise<DownloadManager> {
    return new DownloadManager(await Remote.connect('IDOManager', options));
  }

  /**
   * Creates a download and sets its properties; {@link Download.start} starts it. If the service
   * refuses a property, the download is aborted and the error names the property.
   *
   * @param options The properties of the download.
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-createdownload
   */
  async createDownload(options?: CreateDownloadOptions): Promise<Download> {
    const settings = settingsOf(options);
    const row = 'IDOManager::CreateDownload';
    const then = [getId, ...settings.map(({ call }) => call)] as const;
    const [outcome] = await this.#remote.hop(row, () => [callOf(row, [], { then, keep: true })]);
    const { object, outcomes } = this.#remote.resultOf(outcome, row);
    if (object === null) throw closedError(row);
    const [got, ...set] = outcomes;
    try {
      const operation = 'IDODownload::GetProperty';
      const { value: id } = this.#remote.resultOf(got, operation);
      if (typeof id !== 'string') {
        const detail = 'The service did not assign an id to the download.';
        throw this.#remote.errorOf({ hresult: E_UNEXPECTED, value: null, detail }, operation);
      }
      settings.forEach(({ name }, at) => {
        this.#checkSet(name, set[at]);
      });
      const size = options?.totalSizeBytes;
      return this.#downloadOf({ object, id, status: null }, true, size);
    } catch (error) {
      const remote = new Remote(this.#remote.connection, object);
      await remote.callAtOnce('IDODownload::Abort').catch(() => undefined);
      remote.close();
      throw error;
    }
  }

  /**
   * Lists the current user's downloads, no matter which process created them. Disposing one of these
   * objects only closes it: the download continues in the service.
   *
   * @param filter A property that the downloads have; if omitted or null, all downloads are listed.
   * @returns The downloads; an empty array if there are none.
   * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-enumdownloads
   */
  async enumDownloads(filter?: DownloadFilter | null): Promise<Download[]> {
    const found = await this.#list(categoryOf(filter));
    const guid = filter?.id === undefined ? undefined : anyGuid(filter.id);
    if (found.length > 0 || guid === undefined) {
      return found.map((each) => this.#downloadOf(each, false));
    }
    // The service matches ids only in its own format, so compare the ids of all downloads.
    const all = await this.#list(null);
    return all.flatMap((each) => {
      if (normalizedId(each.id) === guid) return [this.#downloadOf(each, false)];
      this.#remote.connection.drop(each.object);
      return [];
    });
  }

  async #list(category: EnumCategory | null): Promise<Found[]> {
    const then = [getId, getStatus] as const;
    const listed = await this.#remote.list('IDOManager::EnumDownloads', [category], then);
    return listed.flatMap(({ object, outcomes: [outcome, status] }) => {
      const id = valueOf(outcome)?.value;
      if (typeof id === 'string') return [{ id, object, status: valueOf(status) }];
      // The download ended between the two calls.
      this.#remote.connection.drop(object);
      return [];
    });
  }

  #checkSet(name: string, outcome: Outcome | undefined): void {
    try {
      this.#remote.resultOf(outcome, 'IDODownload::SetProperty');
    } catch (error) {
      throw properties.explain(name, error);
    }
  }

  // After the service stopped, the download is re-fetched by its id, if it survived.
  #downloadOf({ object, id: given, status }: Found, owned: boolean, size?: number): Download {
    const manager = this.#remote;
    const origin = async () => {
      const category = { property: downloadProperty.id, value: given };
      const row = 'IDOManager::EnumDownloads';
      const [found] = await manager.callAtOnce(row, category);
      if (found !== undefined) return found;
      throw manager.errorOf({ hresult: DO_E_NO_DOWNLOADS, value: null, detail: lost }, row);
    };
    const id = normalizedId(given);
    const shared = sharedDownloads.of(manager.connection, id);
    if (owned) shared.sawState(downloadState.created);
    if (status !== null) shared.saw(status);
    if (size !== undefined) shared.size = size;
    const remote = new Remote(manager.connection, object, origin).unite(shared);
    return new Download(remote, shared, id, owned);
  }

  /** The service that the manager is connected to, for `JSON.stringify()`. */
  toJSON(): { service: string } {
    return { service: this.#remote.connection.service.title };
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return line('DownloadManager', this.toJSON(), options);
  }

  /**
   * Closes this manager and the download objects that came from it, with their listeners. Calls in
   * progress still settle; later calls reject with `ERR_DOSVC_CLOSED`. The downloads themselves
   * continue in the service, except those read as streams: a stream ends with `ERR_DOSVC_CLOSED`, which
   * aborts its download.
   */
  close(): Promise<void> {
    this.#remote.connection.close();
    return Promise.resolve();
  }

  /** Does the same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

interface Found {
  object: HandleValue;
  /** The id in the service's own format. */
  id: string;
  /** The status, if it could be read. */
  status: BoundaryStatus | null;
}

interface Setting {
  name: string;
  call: ReturnType<typeof properties.setCall>;
}

function settingsOf(options: CreateDownloadOptions | undefined): Setting[] {
  // Those that cannot be set are refused later, with the reason.
  const names = [
    'foreground',
    ...Object.keys(downloadProperties),
  ] as (keyof CreateDownloadOptions)[];
  const checked = checkOptions('options', options, names);
  return Object.entries<unknown>(checked).flatMap(([given, value]) => {
    if (value === undefined) return [];
    const name = given === 'foreground' ? 'foregroundPriority' : given;
    return [{ name, call: properties.setCall(name, value, `options.${given}`) }];
  });
}

function categoryOf(filter: DownloadFilter | null | undefined): EnumCategory | null {
  const checked = checkOptions('filter', filter ?? undefined, filters);
  if (Object.keys(checked).length === 0) return null;
  const given = filters.filter((name) => checked[name] !== undefined);
  const [name] = given;
  // A property that is undefined by mistake must not match every download.
  if (name === undefined || given.length > 1) {
    const names = given.join(', ');
    throw fault('ERR_INVALID_ARG_VALUE', 'filter', `an object with ${oneOf(filters)}`, names);
  }
  const sought: unknown = checked[name];
  const text = name === 'uri' && sought instanceof URL ? sought.href : sought;
  const value = checkSecret(`filter.${name}`, text, longestFilter, 1);
  return { property: downloadProperty[name], value };
}
