// SPDX-License-Identifier: MIT
//
// The properties of a download: the name, number, type and access of each, and the first Windows build
// that has it.

import { checkLiteral, fault } from '../arguments.js';
import {
  downloadCostPolicy,
  downloadProperty,
  literalOf,
  type DownloadCostPolicy,
  type DownloadProperty,
  type Open,
} from '../generated/enums.js';
import {
  address,
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
  type Kind,
} from '../properties/kinds.js';
import { PropertyTable, type Property, type ValuesOf } from '../properties/property-table.js';

type Access = 'read/write' | 'read-only' | 'write-only';

interface Listed<T, A extends Access = Access, Set extends boolean = boolean> extends Property<T> {
  readonly access: A;
  /** Whether a caller can set it by value: two take objects of ours, and one would block a thread. */
  readonly settable: Set;
}

const policy: Kind<Open<DownloadCostPolicy>> = {
  vt: VT_UI4,
  check: (name, value) => checkLiteral(name, value, downloadCostPolicy),
  read: (value) => literalOf(downloadCostPolicy, value as number),
};
const bytes = kind<Uint8Array>(VT_BYTES, (name, value) => {
  if (value instanceof Uint8Array) return value;
  throw fault('ERR_INVALID_ARG_TYPE', name, 'a Uint8Array', value, true);
});

function unset(why: string) {
  return (name: string): never => {
    throw Object.assign(new TypeError(`The argument '${name}' is not accepted: ${why}`), {
      code: 'ERR_INVALID_ARG_VALUE',
    });
  };
}
const blocking = kind<boolean>(
  VT_BOOL,
  unset(
    "'blockingMode' would block a thread for the whole download. Use start() and wait() instead.",
  ),
);
const callback = kind<'ours' | 'foreign'>(
  VT_UNKNOWN,
  unset("'callbackInterface' is set by the library. Use on('status', …), wait() or watch()."),
);
const stream = kind<'ours' | 'foreign'>(
  VT_UNKNOWN,
  unset("'streamInterface' is set by the library. Use stream()."),
);

const first = 17_763; // Windows 10 1809

function having<A extends Access, Set extends boolean>(access: A, settable: Set) {
  return <T>(id: number, ofKind: Kind<T>, since = first): Listed<T, A, Set> => {
    return { of: 'IDODownload', id, since, access, settable, ...ofKind };
  };
}
const both = having('read/write', true);
const read = having('read-only', false);
const write = having('write-only', true);
const fixed = having('read/write', false);
const of = downloadProperty;

const table = {
  /** The id of the download, assigned by the service. */
  id: read(of.id, text),
  /** The http or https URL to download from. Starting requires it or a `contentId`. */
  uri: both(of.uri, address),
  /** The id of published content. */
  contentId: both(of.contentId, secret),
  /** The name shown to users. */
  displayName: both(of.displayName, text),
  /** The absolute path of the target file. Starting requires it unless the download is a stream. */
  localPath: both(of.localPath, path),
  /** Request headers, each as `Name: Value` followed by CR LF. */
  httpCustomHeaders: both(of.httpCustomHeaders, secret),
  /** The networks on which the download may run, by their cost. */
  costPolicy: both(of.costPolicy, policy),
  /** WinHTTP flags: the certificate errors to ignore; 1 checks for revocation. */
  securityFlags: write(of.securityFlags, uint32),
  /** The progress, in percent, after which the service calls back. */
  callbackFreqPercent: both(of.callbackFreqPercent, uint32),
  /** The interval, in seconds, at which the service calls back; 1 by default. */
  callbackFreqSeconds: both(of.callbackFreqSeconds, uint32),
  /** The seconds without progress after which the download fails: at least 60, or 0 for the default. */
  noProgressTimeoutSeconds: both(of.noProgressTimeoutSeconds, uint32),
  /** Whether the download runs at foreground priority; false by default. */
  foregroundPriority: both(of.foregroundPriority, flag),
  /** Whether `Start` waits for the end. It cannot be set here, because it would block a thread. */
  blockingMode: fixed(of.blockingMode, blocking),
  /** Whose callback object the service holds. Set by listening. */
  callbackInterface: fixed(of.callbackInterface, callback),
  /** Whose stream the service holds. Set by `stream()`. */
  streamInterface: fixed(of.streamInterface, stream),
  /** The client certificate, as a serialized CERT_CONTEXT. */
  // The declarations repeat an assertion's words. The inferred type would be
  // Uint8Array<ArrayBufferLike>, which TypeScript before 5.7 does not know.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- as above
  securityContext: write<Uint8Array>(of.securityContext, bytes) as Listed<
    Uint8Array,
    'write-only',
    true
  >,
  /** True makes the service use the caller's token on the network; false removes it. */
  networkToken: write(of.networkToken, flag),
  /** The correlation vector of diagnostic events. */
  correlationVector: both(of.correlationVector, text, 19_041),
  /** How to decrypt the content, as JSON. */
  decryptionInfo: write(of.decryptionInfo, secret, 19_041),
  /** The hashes to check the content against, as JSON. */
  integrityCheckInfo: write(of.integrityCheckInfo, text, 19_041),
  /** Whether the download fails without an integrity check. */
  integrityCheckMandatory: both(of.integrityCheckMandatory, flag, 19_041),
  /** The size of the content in bytes. `wait()` and streams reject if another size was transferred. */
  totalSizeBytes: both(of.totalSizeBytes, size, 19_041),
  /** Whether the download avoids cellular networks, regardless of the cost policy. */
  disallowOnCellular: both(of.disallowOnCellular, flag, 22_000),
  /** Request headers that are sent only if the server requests authentication. */
  httpCustomAuthHeaders: both(of.httpCustomAuthHeaders, secret, 22_000),
  /** Whether redirects from https to http are followed; false by default. */
  httpAllowSecureToNonSecureRedirect: both(of.httpAllowSecureToNonSecureRedirect, flag, 22_621),
  /** Whether the download survives the service's process; false by default. */
  nonVolatile: both(of.nonVolatile, flag, 22_621),
  /** The URL to which the last request was redirected. */
  httpRedirectionTarget: read(of.httpRedirectionTarget, text, 26_100),
  /** The headers of the last response. */
  httpResponseHeaders: read(of.httpResponseHeaders, text, 26_100),
  /** The IP address of the server that sent the last response. */
  httpServerIpAddress: read(of.httpServerIpAddress, text, 26_100),
  /** The HTTP status of the last response. */
  httpStatusCode: read(of.httpStatusCode, uint32, 26_100),
} satisfies Record<DownloadProperty, Listed<unknown>>;

type Table = typeof table;
/** The properties that can be read. */
type Readable = {
  [Name in keyof Table as Table[Name]['access'] extends 'write-only' ? never : Name]: Table[Name];
};
/** The properties that can be set by value. */
type Settable = {
  [Name in keyof Table as Table[Name]['settable'] extends true ? Name : never]: Table[Name];
};

/**
 * The properties of a download that can be read, with the types of their values.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
 */
export type DownloadProperties = ValuesOf<Readable>;
/**
 * The properties of a download that can be set by value, with the types of their values.
 *
 * @see https://learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
 */
export type SettableDownloadProperties = {
  [Name in keyof Settable]:
    | Exclude<
        ValuesOf<Settable>[Name],
        // A cost policy of a later version of Windows can be read, but not set.
        Name extends 'costPolicy' ? number : never
      >
    | (Name extends 'uri' ? URL : never);
};

/** What the library knows of a property, whether or not the service has it. */
export interface DownloadPropertyInfo {
  /** The property's number in DODownloadProperty. */
  id: number;
  /** The type of the property's VARIANT, a VARENUM value. */
  vt: number;
  /** Whether the service lets the property be read and set. */
  access: Access;
  /** The first build of Windows that has it. */
  since: number;
}

/** Every documented property of a download, by name. */
export const downloadProperties: Readonly<Record<DownloadProperty, DownloadPropertyInfo>> =
  Object.freeze(
    Object.fromEntries(
      Object.entries(table).map(([name, { id, vt, access, since }]) => [
        name,
        Object.freeze({ id, vt, access, since }),
      ]),
    ) as Record<DownloadProperty, DownloadPropertyInfo>,
  );

export const properties = new PropertyTable<DownloadProperties>(table);
