// SPDX-License-Identifier: MIT
//
// The options of a job for HTTP: its client certificate, its headers, its method, and how it checks
// certificates and handles redirects. BITS has these methods, in IBackgroundCopyJobHttpOptions, 2 and 3.

import { checkLiteral, checkString, fault } from '../arguments.js';
import { S_FALSE } from '../codes.js';
import { DosvcError } from '../errors.js';
import { target } from '../feed/subscribed-events.js';
import {
  certStoreLocation,
  literalOf,
  type CertStoreLocation,
  type Open,
} from '../generated/enums.js';
import { checkHeaders, checkMethod, headerLines, headersIn } from '../headers.js';
import type { CertificateCheck } from './certificate-check.js';
import { checkHttpSecurity, httpSecurityOf, type HttpSecurity } from './http-security.js';
import { JobCredentials } from './job-credentials.js';
import { shared, warn } from './job-events.js';

/**
 * The client certificate of a job.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-getclientcertificate
 */
export interface ClientCertificate {
  /** Where the store is. A location that this version does not know is its number. */
  storeLocation: Open<CertStoreLocation>;
  /** The name of the store, such as `'MY'`. */
  storeName: string | null;
  /** The SHA-1 hash (thumbprint) of the certificate, 20 bytes. */
  certHash: Uint8Array | null;
  /** The subject of the certificate, its parts in reverse order; empty or null if it has none. */
  subjectName: string | null;
}

// The documented limits in characters, without the terminator.
const longestName = 255;
const longestHeaders = 16_383;
const hashLength = 20;

export class JobHttpOptions extends JobCredentials {
  /**
   * Sets the client certificate by its hash, for servers that ask for one. For all types of jobs, by
   * their owner alone, until the job is completed or cancelled; `takeOwnership()` removes it. Certificates
   * of smart cards are not supported. BITS only, from Windows Vista on.
   *
   * Rejects with `CRYPT_E_NOT_FOUND` if the store has no such certificate, with `ERROR_FILE_NOT_FOUND` if
   * there is no such store, with `E_ACCESSDENIED` if it must not be read, and with `BG_E_INVALID_STATE`
   * once the job is completed or cancelled.
   *
   * @param storeLocation Where the store is.
   * @param storeName `'MY'` (personal certificates), `'CA'`, `'ROOT'`, `'SPC'`, or a store of an
   * application; 1 to 255 characters.
   * @param certHash The SHA-1 hash (thumbprint): 20 bytes, or their 40 hexadecimal digits.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-setclientcertificatebyid
   */
  async setClientCertificateByID(
    storeLocation: CertStoreLocation,
    storeName: string,
    certHash: Uint8Array | string,
  ): Promise<void> {
    const location = checkLiteral('storeLocation', storeLocation, certStoreLocation);
    const store = checkString('storeName', storeName, longestName);
    const hash = checkHash('certHash', certHash);
    const row = 'IBackgroundCopyJobHttpOptions::SetClientCertificateByID';
    await this[target].call(row, location, store, hash);
  }

  /**
   * Sets the client certificate by its subject: the first one in the store that is for clients and has
   * this text in its subject. Otherwise like {@link setClientCertificateByID}, which names exactly one.
   *
   * @param storeLocation Where the store is.
   * @param storeName The name of the store, 1 to 255 characters.
   * @param subjectName 1 to 255 characters: one or more adjacent parts of the subject, without `CN=` and
   * the like, separated by commas and in reverse order: `'name3, name2, name1'` for
   * `CN=name1, OU=name2, O=name3`.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-setclientcertificatebyname
   */
  async setClientCertificateByName(
    storeLocation: CertStoreLocation,
    storeName: string,
    subjectName: string,
  ): Promise<void> {
    const location = checkLiteral('storeLocation', storeLocation, certStoreLocation);
    const store = checkString('storeName', storeName, longestName);
    const subject = checkString('subjectName', subjectName, longestName);
    const row = 'IBackgroundCopyJobHttpOptions::SetClientCertificateByName';
    await this[target].call(row, location, store, subject);
  }

  /**
   * Removes the client certificate. BITS only, from Windows Vista on. Rejects with `BG_E_INVALID_STATE`
   * once the job is completed or cancelled.
   *
   * @returns Whether the job had one.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-removeclientcertificate
   */
  async removeClientCertificate(): Promise<boolean> {
    const row = 'IBackgroundCopyJobHttpOptions::RemoveClientCertificate';
    return (await this[target].outcome(row)).hresult !== S_FALSE;
  }

  /**
   * Gets the client certificate. BITS only, from Windows Vista on.
   *
   * @returns The certificate; null if the job has none, or one that this user must not read.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-getclientcertificate
   */
  async getClientCertificate(): Promise<ClientCertificate | null> {
    const row = 'IBackgroundCopyJobHttpOptions::GetClientCertificate';
    try {
      const [location, storeName, certHash, subjectName] = await this[target].call(row);
      if (storeName === null && certHash === null) return null;
      const storeLocation = literalOf(certStoreLocation, location);
      return { storeLocation, storeName, certHash, subjectName };
    } catch (error) {
      // The documented answer for a job without one: its proxy cannot send the hash that is not there.
      if (error instanceof DosvcError && error.code === 'RPC_X_BAD_STUB_DATA') return null;
      throw error;
    }
  }

  /**
   * Sets headers that are sent with each http and https request of the job, also to a server that it is
   * redirected to. For all types of jobs, by their owner alone, until the job is completed or cancelled;
   * `takeOwnership()` removes them. BITS only, from Windows Vista on.
   *
   * Any process of the same user can read them with {@link getCustomHeaders}, unless
   * {@link makeCustomHeadersWriteOnly} prevents it.
   *
   * @param headers A record or a `Headers`, up to 16,383 characters as `Name: Value` with line ends. They
   * replace those that were set; null, or no header, removes them.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-setcustomheaders
   */
  async setCustomHeaders(
    headers: Readonly<Record<string, string | undefined>> | Headers | null,
  ): Promise<void> {
    const lines = headers === null ? '' : headerLines(checkHeaders('headers', headers));
    if (lines.length > longestHeaders) {
      const expected = `headers of up to ${String(longestHeaders)} characters in all`;
      throw fault('ERR_INVALID_ARG_VALUE', 'headers', expected, headers, true);
    }
    const row = 'IBackgroundCopyJobHttpOptions::SetCustomHeaders';
    await this[target].call(row, lines === '' ? null : lines);
  }

  /**
   * Gets the headers that were set, also by other programs. Only the owner of the job can. BITS only, from
   * Windows Vista on. Rejects with `E_ACCESSDENIED` if they must not be read.
   *
   * @returns The headers by name; null if there are none.
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-getcustomheaders
   */
  async getCustomHeaders(): Promise<Record<string, string> | null> {
    const lines = await this[target].call('IBackgroundCopyJobHttpOptions::GetCustomHeaders');
    return lines ? headersIn(lines) : null;
  }

  /**
   * Sets how the job checks servers' certificates, and whether it follows redirects. What is not given is
   * off, and redirects are followed. BITS only, from Windows Vista on.
   *
   * If you turn on `enableCrlCheck` while a file is in transfer, the service begins that file again.
   * Rejects with `E_NOTIMPL` if the service does not support a flag.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-setsecurityflags
   */
  async setSecurityFlags(flags: Partial<HttpSecurity>): Promise<void> {
    const checked = checkHttpSecurity('flags', flags);
    await this[target].call('IBackgroundCopyJobHttpOptions::SetSecurityFlags', checked);
  }

  /**
   * Gets how the job checks servers' certificates, and whether it follows redirects. BITS only, from
   * Windows Vista on.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits2_5/nf-bits2_5-ibackgroundcopyjobhttpoptions-getsecurityflags
   */
  async getSecurityFlags(): Promise<HttpSecurity> {
    const flags = await this[target].call('IBackgroundCopyJobHttpOptions::GetSecurityFlags');
    return httpSecurityOf(flags);
  }

  /**
   * Sets the HTTP method of the transfer. Call this before the first `resume()`. With another method than
   * the default, the job's priority becomes `'foreground'` for good, each error ends the transfer, and
   * `resume()` then begins it again; the properties `dynamicContent` and `onDemandMode` cannot be used.
   * BITS only, from Windows 10 version 1809 on.
   *
   * @param method The name, such as `'POST'`.
   * @see https://learn.microsoft.com/windows/win32/api/bits10_2/nf-bits10_2-ibackgroundcopyjobhttpoptions2-sethttpmethod
   */
  async setHttpMethod(method: string): Promise<void> {
    const name = checkMethod('method', method);
    await this[target].call('IBackgroundCopyJobHttpOptions2::SetHttpMethod', name);
  }

  /**
   * Gets the HTTP method of the transfer. BITS only, from Windows 10 version 1809 on.
   *
   * @returns `'GET'` for a download and `'BITS_POST'` for an upload, unless another was set.
   * @see https://learn.microsoft.com/windows/win32/api/bits10_2/nf-bits10_2-ibackgroundcopyjobhttpoptions2-gethttpmethod
   */
  getHttpMethod(): Promise<string | null> {
    return this[target].call('IBackgroundCopyJobHttpOptions2::GetHttpMethod');
  }

  /**
   * Makes the job's headers unreadable, for good: {@link getCustomHeaders} no longer returns them. The
   * service still sends them. For headers that grant access. BITS only, from Windows 10 version 1903 on.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits10_3/nf-bits10_3-ibackgroundcopyjobhttpoptions3-makecustomheaderswriteonly
   */
  async makeCustomHeadersWriteOnly(): Promise<void> {
    await this[target].call('IBackgroundCopyJobHttpOptions3::MakeCustomHeadersWriteOnly');
  }

  /**
   * Sets a function that checks the certificates of the job's servers, beyond what the system checks. The
   * service asks it in each TLS handshake, before it sends the request, and asks no more for a
   * certificate that this function has accepted from the same server.
   *
   * While the function is set, the service sends nothing that the function has not accepted. A rejected
   * certificate is a transient error of the job, whose context is `'server-certificate-callback'`. Once
   * this object or its manager is closed, or the process has ended, a question that waits is answered no.
   * Later ones cannot reach the function: then the job's error is
   * `BG_E_SERVER_CERT_VALIDATION_INTERFACE_REQUIRED`, until a function is set again.
   *
   * The job must be suspended, else this rejects with `BG_E_READ_ONLY_WHEN_JOB_ACTIVE`. It rejects with
   * `ERR_DOSVC_INTERFACE_MISSING` if the service lacks `IBackgroundCopyJobHttpOptions3`: BITS has it since
   * Windows 10 version 1903. A restarted service has forgotten the function: the library sets it again
   * when it re-fetches the job, and emits `'warning'` if the service refuses, as it does while the job is
   * active. Then suspend the job, set the function again, and resume.
   *
   * @param check The function, or null to remove it, after which only the system checks certificates.
   * @see https://learn.microsoft.com/windows/win32/api/bits10_3/nf-bits10_3-ibackgroundcopyjobhttpoptions3-setservercertificatevalidationinterface
   */
  setServerCertificateValidationInterface(check: CertificateCheck | null): Promise<void> {
    return this[shared].certificates.set(this[target], check, (error) => {
      this[warn](error);
    });
  }
}

function checkHash(name: string, value: unknown): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'hex') : value;
  if (bytes instanceof Uint8Array && bytes.length === hashLength) {
    if (typeof value !== 'string' || value.length === 2 * hashLength) return bytes;
  }
  const isHash = typeof value === 'string' || value instanceof Uint8Array;
  const code = isHash ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE';
  const expected = 'a Uint8Array of 20 bytes, or 40 hexadecimal digits';
  throw fault(code, name, expected, value, true);
}
