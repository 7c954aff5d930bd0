// SPDX-License-Identifier: MIT
// Creates a new self-signed certificate for a test server (RFC 5280).

import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const integer = (...bytes: number[]) => der(0x02, Buffer.from(bytes));
const identifier = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (text: string) => der(0x18, Buffer.from(text));

const sha256WithRsa = sequence(identifier('2a864886f70d01010b'), der(0x05));
const commonName = identifier('550403');
const subjectAltName = identifier('551d11');
const basicConstraints = identifier('551d13');
const yes = der(0x01, Buffer.from([0xff]));

export interface Certificate {
  key: string;
  cert: string;
  der: Buffer;
}

/** Creates a certificate for a server of that name, which is its own authority. */
export function selfSigned(host: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(host)))));
  const alternative = sequence(der(0x82, Buffer.from(host)));
  const extensions = sequence(
    sequence(subjectAltName, der(0x04, alternative)),
    sequence(basicConstraints, yes, der(0x04, sequence(yes))),
  );
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    integer(1, ...Array.from({ length: 8 }, () => Math.floor(Math.random() * 256))),
    ...[sha256WithRsa, name],
    sequence(time('20200101000000Z'), time('20990101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const whole = sequence(
    ...[toBeSigned, sha256WithRsa, der(0x03, Buffer.concat([Buffer.alloc(1), signature]))],
  );
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert: new X509Certificate(whole).toString(), der: whole };
}
