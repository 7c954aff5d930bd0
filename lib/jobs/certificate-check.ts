// SPDX-License-Identifier: MIT
//
// The functions that check the certificates of a job's servers. The service keeps the last one set, and
// asks it in every TLS handshake; only `true` is a yes. What ends here, by close() or with its
// environment, stays set in the service and answers no: withdrawing it would let every certificate pass.

import type { Call, SinkEvent } from '../../typings/binding.js';
import { checkFunctions } from '../arguments.js';
import { isGone } from '../codes.js';
import type { DosvcError } from '../errors.js';
import { throwLater } from '../listeners.js';
import { callOf } from '../remote/calls.js';
import { binding, listen, unlisten } from '../remote/loader.js';
import type { Remote } from '../remote/remote.js';

/**
 * A server's certificate, for the function of {@link CertificateCheck}. The system has already
 * checked it, as the job's `setSecurityFlags()` says.
 *
 * @see https://learn.microsoft.com/windows/win32/api/bits10_3/nf-bits10_3-ibackgroundcopyservercertificatevalidationcallback-validateservercertificate
 */
export interface ServerCertificate {
  /** The server's own certificate, encoded as `encodingType` says: `new X509Certificate()` reads it. */
  certificate: Uint8Array;
  /** `dwCertEncodingType` of CryptoAPI: 1 is X509_ASN_ENCODING, which is DER. */
  encodingType: number;
  /**
   * The certificates that the server sent, as a serialized certificate store (CERT_STORE_PROV_SERIALIZED
   * of CertOpenStore), which is not PKCS #7.
   */
  store: Uint8Array;
}

/** The function for `setServerCertificateValidationInterface`. */
export interface CertificateCheck {
  /**
   * Decides whether the job may send its request to this server. Only `true` accepts the certificate: no
   * answer within 10 seconds, any other value, a throw and a rejection reject it. What is thrown is then
   * an uncaught exception, as in any listener: catch what the check may throw, and return `false`.
   *
   * @see https://learn.microsoft.com/windows/win32/api/bits10_3/nf-bits10_3-ibackgroundcopyservercertificatevalidationcallback-validateservercertificate
   */
  validateServerCertificate(server: ServerCertificate): boolean | PromiseLike<boolean>;
}

const row = 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface';

interface Entry {
  /** Sets it. */
  readonly call: Call<typeof row>;
  readonly end: () => void;
}

export class CertificateChecks {
  // Those that the service may still ask; the last one is in effect.
  #entries: readonly Entry[] = [];

  /** @param warn Hears that a restarted service refused to take the function again. */
  async set(
    remote: Remote,
    check: CertificateCheck | null,
    warn: (error: DosvcError) => void,
  ): Promise<void> {
    if (check === null) {
      const before = this.#entries;
      await remote.call(row, null);
      this.#end(before);
      return;
    }
    checkFunctions('check', check, ['validateServerCertificate']);
    const entry = this.#open(remote, check, warn);
    try {
      const calls = () => (this.#entries.includes(entry) ? [entry.call] : []);
      const [outcome] = await remote.hop(row, calls);
      remote.resultOf(outcome, row);
    } catch (error) {
      this.#end([entry]);
      throw error;
    }
    this.#end(this.#entries.slice(0, Math.max(0, this.#entries.indexOf(entry))));
  }

  /** The job has ended, so the service asks nothing any more. */
  end(): void {
    this.#end(this.#entries);
  }

  #end(entries: readonly Entry[]): void {
    this.#entries = this.#entries.filter((entry) => !entries.includes(entry));
    for (const { end } of entries) end();
  }

  #open(remote: Remote, check: CertificateCheck, warn: (error: DosvcError) => void): Entry {
    const handle = remote.sink('certificate');
    const call = callOf(row, [{ handle }]);
    const open = new Set<number>();
    listen<'certificate'>(handle, ({ value }) => {
      open.add(value.question);
      void answer(check, value).finally(() => open.delete(value.question));
    });
    // A restarted service has forgotten the function.
    const renewals = remote.onRenewed(() => {
      void remote
        .hopFirst(row, [call])
        .then((refused) => {
          for (const error of refused) if (!isGone(error.hresult)) warn(error);
        })
        .catch(() => undefined);
    });
    const closing = remote.onClose(() => {
      this.#end([entry]);
    });
    const entry: Entry = {
      call,
      end: () => {
        renewals();
        closing();
        unlisten(handle);
        for (const question of open) binding().answer(question, false);
        binding().release(handle);
      },
    };
    this.#entries = [...this.#entries, entry];
    return entry;
  }
}

type Question = SinkEvent<'certificate'>['value'];

// An answer that comes too late is ignored by the native code.
async function answer(check: CertificateCheck, { question, ...server }: Question): Promise<void> {
  try {
    const accepted: unknown = await check.validateServerCertificate(server);
    binding().answer(question, accepted === true);
  } catch (error) {
    binding().answer(question, false);
    throwLater(error);
  }
}
