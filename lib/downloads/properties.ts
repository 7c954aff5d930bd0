// SPDX-License-Identifier: MIT
//
// The properties of a download: name, number, type, access, and the first Windows build that has it.

import { release } from 'node:os';
import { checkLiteral, fault, oneOf } from '../arguments.js';
import { DosvcError } from '../errors.js';
import {
  downloadCostPolicy,
  downloadProperty,
  literalOf,
  type DownloadCostPolicy,
  type DownloadProperty,
  type Open,
} from '../generated/enums.js';
import {
  flag,
  kind,
  path,
  secret,
  size,
  text,
  uint32,
  VT_BOOL,
  VT_BYTES,
  VT_UI4,
  VT_UNKNOWN,
  type Given,
  type Kind,
} from '../property-kinds.js';
import { callOf, type Remote } from '../remote.js';
import type { Call } from '../../typings/binding.js';

type Access = 'read/write' | 'read-only' | 'write-only';

interface Property<T, A extends Access = Access, Set extends boolean = boolean> extends Kind<
  T,
  Given
> {
  readonly id: number;
  readonly access: A;
  /** The first build of Windows that has it. */
  readonly since: number;
  /** Whether it is set by its value: two of them take objects of ours, one would hold a thread. */
  readonly settable: Set;
}

const policy: Kind<Open<DownloadCostPolicy>, Given> = {
  vt: VT_UI4,
  check: (name, value) => checkLiteral(name, value, downloadCostPolicy),
  read: (value) => literalOf(downloadCostPolicy, value as number),
};
const bytes = kind<Uint8Array, Given>(VT_BYTES, (name, value) => {
  if (value instanceof Uint8Array) return value;
  throw fault('ERR_INVALID_ARG_TYPE', name, 'a Uint8Array', value);
});

function unset(why: string) {
  return (name: string): never => {
    throw Object.assign(new TypeError(`The argument '${name}' is refused: ${why}`), {
      code: 'ERR_INVALID_ARG_VALUE',
    });
  };
}
const blocking = kind<boolean, Given>(
  VT_BOOL,
  unset("'blockingMode' would hold a thread for the whole download. Use start() and wait()."),
);
const callback = kind<'ours' | 'foreign', Given>(
  VT_UNKNOWN,
  unset("'callbackInterface' is set by listening: on('status', …), wait() or watch()."),
);
const stream = kind<'ours' | 'foreign', Given>(
  VT_UNKNOWN,
  unset("'streamInterface' is set by stream()."),
);

const first = 17_763; // Windows 10 1809

function both<T>(id: number, of: Kind<T, Given>, since = first): Property<T, 'read/write', true> {
  return { id, since, access: 'read/write', settable: true, ...of };
}
function read<T>(id: number, of: Kind<T, Given>, since = first): Property<T, 'read-only', false> {
  return { id, since, access: 'read-only', settable: false, ...of };
}
function write<T>(id: number, of: Kind<T, Given>, since = first): Property<T, 'write-only', true> {
  return { id, since, access: 'write-only', settable: true, ...of };
}
function fixed<T>(id: number, of: Kind<T, Given>): Property<T, 'read/write', false> {
  return { id, since: first, access: 'read/write', settable: false, ...of };
}
const of = downloadProperty;

const table = {
  /** The id of the download, given by the service. */
  id: read(of.id, text),
  /** The http or https address to download from; that, or a `contentId`, is needed for a start. */
  uri: both(of.uri, text),
  /** The id of published content. */
  contentId: both(of.contentId, text),
  /** The name shown to people. */
  displayName: both(of.displayName, text),
  /** The absolute path of the file; needed for a start, unless the download is a stream. */
  localPath: both(of.localPath, path),
  /** Request headers, `Name: Value` and CR LF each. */
  httpCustomHeaders: both(of.httpCustomHeaders, secret),
  /** On which networks the download may run, by what they cost. */
  costPolicy: both(of.costPolicy, policy),
  /** WinHTTP's flags: which faults of a certificate are overlooked; 1 checks for revocation. */
  securityFlags: write(of.securityFlags, uint32),
  /** After how many percent of progress the service calls back. */
  callbackFreqPercent: both(of.callbackFreqPercent, uint32),
  /** After how many seconds the service calls back; 1 by default. */
  callbackFreqSeconds: both(of.callbackFreqSeconds, uint32),
  /** After how many seconds without progress the download fails: at least 60; 0, the service's own. */
  noProgressTimeoutSeconds: both(of.noProgressTimeoutSeconds, uint32),
  /** Whether the download runs at foreground priority; it does not by default. */
  foregroundPriority: both(of.foregroundPriority, flag),
  /** Whether `Start` waits for the end. It cannot be set here: it would hold a thread. */
  blockingMode: fixed(of.blockingMode, blocking),
  /** Whose callback the service has. Set by listening. */
  callbackInterface: fixed(of.callbackInterface, callback),
  /** Whose stream the service has. Set by `stream()`. */
  streamInterface: fixed(of.streamInterface, stream),
  /** The client certificate, a serialized CERT_CONTEXT. */
  securityContext: write(of.securityContext, bytes),
  /** True uses the caller's token on the network, false takes it back. */
  networkToken: write(of.networkToken, flag),
  /** The correlation vector of diagnostic events. */
  correlationVector: both(of.correlationVector, text, 19_041),
  /** How the content is decrypted, as JSON. */
  decryptionInfo: write(of.decryptionInfo, secret, 19_041),
  /** The hashes that the content is checked against, as JSON. */
  integrityCheckInfo: write(of.integrityCheckInfo, text, 19_041),
  /** Whether the download fails without an integrity check. */
  integrityCheckMandatory: both(of.integrityCheckMandatory, flag, 19_041),
  /** The size of the content in bytes. */
  totalSizeBytes: both(of.totalSizeBytes, size, 19_041),
  /** Whether cellular networks are avoided, whatever the cost policy says. */
  disallowOnCellular: both(of.disallowOnCellular, flag, 22_000),
  /** Request headers that are sent only when the server asks for authentication. */
  httpCustomAuthHeaders: both(of.httpCustomAuthHeaders, secret, 22_000),
  /** Whether a redirect from https to http is followed; it is not by default. */
  httpAllowSecureToNonSecureRedirect: both(of.httpAllowSecureToNonSecureRedirect, flag, 22_621),
  /** Whether the download outlives the service's process; it does not by default. */
  nonVolatile: both(of.nonVolatile, flag, 22_621),
  /** Where the last request was redirected to. */
  httpRedirectionTarget: read(of.httpRedirectionTarget, text, 26_100),
  /** The headers of the last response. */
  httpResponseHeaders: read(of.httpResponseHeaders, text, 26_100),
  /** The address of the server of the last response. */
  httpServerIpAddress: read(of.httpServerIpAddress, text, 26_100),
  /** The HTTP status of the last response. */
  httpStatusCode: read(of.httpStatusCode, uint32, 26_100),
} satisfies Record<DownloadProperty, Property<unknown>>;

type Table = typeof table;
type ValueOf<P> = P extends Property<infer T> ? T : never;
/** The properties that can be read. */
type Readable = Pick<
  Table,
  {
    [Name in keyof Table]: Table[Name]['access'] extends 'write-only' ? never : Name;
  }[keyof Table]
>;
/** The properties that can be set by their value. */
type Settable = Pick<
  Table,
  {
    [Name in keyof Table]: Table[Name]['settable'] extends true ? Name : never;
  }[keyof Table]
>;

/**
 * What a download's properties give.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
 */
export type DownloadProperties = { [Name in keyof Readable]: ValueOf<Readable[Name]> };
/** What a download's properties are set to. */
export type SettableDownloadProperties = {
  [Name in keyof Settable]: Exclude<
    ValueOf<Settable[Name]>,
    // A cost policy of a later Windows can be read, and not be set.
    Name extends 'costPolicy' ? number : never
  >;
};

/** What is known of a property, whatever the service has. */
export interface DownloadPropertyInfo {
  /** Its number in DODownloadProperty. */
  id: number;
  /** Its VARIANT's type, a VARENUM number. */
  vt: number;
  access: Access;
  /** The first build of Windows that has it. */
  since: number;
}

/** Every property that is documented. */
export const downloadProperties: Readonly<Record<DownloadProperty, DownloadPropertyInfo>> =
  Object.freeze(
    Object.fromEntries(
      Object.entries(table).map(([name, { id, vt, access, since }]) => [
        name,
        Object.freeze({ id, vt, access, since }),
      ]),
    ) as Record<DownloadProperty, DownloadPropertyInfo>,
  );

/** The property of a name. */
function propertyOf(name: string): Property<unknown> {
  if (Object.hasOwn(table, name)) return table[name as keyof Table];
  throw fault('ERR_INVALID_ARG_VALUE', 'name', oneOf(Object.keys(table)), name);
}

/** A call that sets a property; `argument` is what its value is called in an error. */
export function setCall(name: string, value: unknown, argument: string): Call {
  const { id, vt, check } = propertyOf(name);
  return callOf('IDODownload::SetProperty', [id, { vt, value: check(argument, value) }]);
}

export async function getProperty<Name extends keyof DownloadProperties>(
  remote: Remote,
  name: Name,
): Promise<DownloadProperties[Name] | null> {
  const { id, read } = propertyOf(name);
  try {
    const { value } = await remote.call('IDODownload::GetProperty', id);
    return value === null ? null : (read(value as Given) as DownloadProperties[Name]);
  } catch (error) {
    throw aboutProperty(name, error);
  }
}

export async function setProperty(remote: Remote, name: string, given: unknown): Promise<void> {
  const { id, vt, check } = propertyOf(name);
  const value = check('value', given);
  try {
    await remote.call('IDODownload::SetProperty', id, { vt, value });
  } catch (error) {
    throw aboutProperty(name, error);
  }
}

/** The error of a call on a property says which one, and since when there is one. */
export function aboutProperty(name: string, error: unknown): unknown {
  if (!(error instanceof DosvcError)) return error;
  const { since } = propertyOf(name);
  const unknown = error.code === 'DO_E_UNKNOWN_PROPERTY_ID';
  const [, , build = '?'] = release().split('.');
  const more = unknown ? ` Windows has it from build ${String(since)} on; this is ${build}.` : '';
  return new DosvcError(`${error.message} The property is '${name}'.${more}`, error);
}
