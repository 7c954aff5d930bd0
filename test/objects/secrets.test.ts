// SPDX-License-Identifier: MIT
//
// No error shows a secret: secrets of many shapes, random ones among them, go through every method that
// takes an address, a header, a proxy, a credential or bytes, and everything that can be printed of the
// errors is searched.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import fc from 'fast-check';
import type { BackgroundCopyJob } from 'dosvc';
import { describe, expect } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import { it as itOfDownloads, setProperty } from './download-scene.js';
import { errorObject } from './error-object.js';
import { it, type LibraryScene } from './library-scene.js';
import { chooseSeed } from '../repetition/chance.js';
import { writtenObject, writtenText } from './written.js';

const path = 'C:\\file.bin';
const url = 'http://127.0.0.1/file.bin';
const credentials = {
  ...({ target: 'server', scheme: 'basic' } as const),
  ...{ userName: 'user', password: 'word' },
};

/** A text of its own in everything that is made of it. */
const secrets = fc.stringMatching(/^[a-z0-9]{12}$/).map((random) => `s3cret${random}`);

const texts: ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `http://user:${secret}@host/file`,
  (secret) => `http://user:p@${secret}@host/file`,
  (secret) => `http:///user:${secret}@host/file`,
  (secret) => `https://host/file?sig=${secret}`,
  (secret) => `https://host/file#${secret}`,
  (secret) => `https://host/${'x'.repeat(2200)}?sig=${secret}`,
  (secret) => ` https://host/file?sig=${secret}`,
  (secret) => `"https://host/file?sig=${secret}"`,
  (secret) => `\nhttps://host/file?sig=${secret}`,
  (secret) => `host/file?sig=${secret}`,
  (secret) => `//user:${secret}@host/file`,
  (secret) => `ftp://user:${secret}@host/file`,
  (secret) => `\\\\host?${secret}`,
  (secret) => `Authorization: Bearer ${secret}\r\n\0`,
  (secret) => `user:${secret}@proxy:8080 \0`,
  (secret) => `{"key":"${secret}"}\0`,
  (secret) => secret.repeat(4000),
];

const objects: ((text: string, secret: string) => unknown)[] = [
  (text) => [text],
  (text) => ({ Authorization: text }),
  (text) => ({ toString: () => text, toJSON: () => text, [inspect.custom]: () => text }),
  (text) => Object.assign(Object.create(null) as object, { text }),
  (text) => new Map([['Authorization', text]]),
  (text) => new Headers({ Authorization: encodeURIComponent(text) }),
  (text) => new URL(`ftp://user:${encodeURIComponent(text)}@host/`),
  (text) => Buffer.from(text),
  (text) => new Uint16Array(Buffer.from(text)),
  (text) => new Error(text),
  (text) => Promise.resolve(text),
  (text) => Object(text) as object,
  (text) => () => text,
  (_, secret) => ({ constructor: { name: secret } }),
  (_, secret) => ({ [secret]: secret }),
  (_, secret) => Symbol(secret),
];

/** A secret, and a value in which it is. */
const values = fc
  .tuple(secrets, fc.constantFrom(...texts), fc.option(fc.constantFrom(...objects)))
  .map(([secret, text, object]) => {
    const written = text(secret);
    return { secret, value: (object === null ? written : object(written, secret)) as never };
  });

/** Every way in which a program may print an error. */
function printed(error: unknown): string {
  const own = Object.fromEntries(
    Reflect.ownKeys(error as object).map((key) => [key, Reflect.get(error as object, key)]),
  );
  return [
    String(error),
    inspect(error, { depth: Infinity, showHidden: true, maxStringLength: null }),
    JSON.stringify(error),
    JSON.stringify(own),
  ].join('\n');
}

/** Expects that none of these calls shows the secret in its error, and that some have one. */
async function expectSilence(
  calls: (value: never) => Promise<unknown>[],
  runs: number,
): Promise<void> {
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(values, async ({ secret, value }) => {
      for (const end of await Promise.allSettled(calls(value))) {
        if (end.status === 'fulfilled') continue;
        refusals += 1;
        const shown = printed(end.reason);
        for (const form of [secret, Buffer.from(secret).toString('hex')]) {
          expect(shown).not.toContain(form);
        }
      }
    }),
    { seed: chooseSeed(), numRuns: runs },
  );
  expect(refusals).toBeGreaterThan(runs);
}

describe('no error shows a secret', () => {
  it('of a job or a file', async ({ scene, recorded: { object, job } }) => {
    const file = await addedFile(scene, object, job);
    const http = job.as('IBackgroundCopyJobHttpOptions');
    await expectSilence(
      (value) => [
        job.addFile(value, path),
        job.addFile(url, path, { fileId: value }),
        job.addFile(url, path, value),
        job.addFileSet(value),
        job.addFileSet([value]),
        job.addFileSet([{ remoteName: value, localName: path }]),
        file.setRemoteName(value),
        file.setProperty('decryptionInfo', value),
        job.setProxySettings('override', value),
        job.setProxySettings('override', 'proxy:8080', value),
        job.setCredentials(value),
        job.setCredentials({ ...credentials, userName: value }),
        job.setCredentials({ ...credentials, password: value }),
        job.setCredentials({ ...credentials, scheme: 'ntlm', userName: null, password: value }),
        job.setCustomHeaders(value),
        job.setCustomHeaders({ 'X-Contoso': value }),
        job.setCustomHeaders({ Authorization: value }),
        job.replaceRemotePrefix(value, url),
        job.replaceRemotePrefix(url, value),
        job.setNotifyCmdLine(value),
        job.setNotifyCmdLine(null, value),
        job.setNotifyCmdLine('C:\\a.exe', value),
        job.setClientCertificateByID('users', 'My', value),
        job.as('IBackgroundCopyJob2').setCredentials(value),
        job.as('IBackgroundCopyJob2').setCredentials({
          ...{ target: 1, scheme: 1, userName: 'user', password: value },
        }),
        job.as('IBackgroundCopyJob2').setReplyFileName(value),
        job.as('IBackgroundCopyJob2').setNotifyCmdLine('C:\\a.exe', value),
        file.as('IBackgroundCopyFile2').setRemoteName(value),
        job.as('IBackgroundCopyJob3').replaceRemotePrefix(value, url),
        job.as('IBackgroundCopyJob3').replaceRemotePrefix(url, value),
        http.setCustomHeaders(value),
        http.setClientCertificateByID(1, 'My', value),
        http.setClientCertificateByName(1, 'My', value),
      ],
      300,
    );
  });

  it('of a job whose service fails', async ({ scene, recorded: { object, job } }) => {
    const hresult = hresultOf('E_INVALIDARG');
    for (const row of [
      'IBackgroundCopyJob::AddFile',
      'IBackgroundCopyJob::SetProxySettings',
      'IBackgroundCopyJob2::SetCredentials',
      'IBackgroundCopyJob2::SetNotifyCmdLine',
      'IBackgroundCopyJobHttpOptions::SetCustomHeaders',
    ]) {
      scene.tell(object, row, { hresult });
    }
    await expectSilence(
      (value) => [
        job.addFile(value, path),
        job.setProxySettings('override', value),
        job.setCredentials({ ...credentials, password: value }),
        job.setNotifyCmdLine('C:\\a.exe', value),
        job.setCustomHeaders({ Authorization: value }),
        job.as('IBackgroundCopyJobHttpOptions').setCustomHeaders(value),
      ],
      100,
    );
  });

  it('of a call that is too late, or without a service that has the method', async ({
    scene,
    recorded: { object, job },
  }) => {
    const secret = 's3cret-too-late';
    scene.deny(object, 'IBackgroundCopyJob2');
    scene.deny(object, 'IBackgroundCopyJobHttpOptions');
    const calls = () => [
      job.setCredentials({ ...credentials, password: secret }),
      job.setCustomHeaders({ Authorization: secret }),
    ];
    const missing = await Promise.allSettled(calls());
    await job[Symbol.asyncDispose]();
    for (const end of [...missing, ...(await Promise.allSettled(calls()))]) {
      if (end.status === 'fulfilled') throw new Error('The call succeeded');
      expect(printed(end.reason)).toMatch(/ERR_DOSVC_(INTERFACE_MISSING|CLOSED)/);
      expect(printed(end.reason)).not.toContain(secret);
    }
  });

  it('and nothing else of a job shows what was set on it', async ({ recorded: { job } }) => {
    const secret = 's3cret-that-was-set';
    const heard: unknown[] = [];
    const hear = (message: unknown) => heard.push(message);
    subscribe('dosvc:call', hear);
    await job.setCredentials({ ...credentials, userName: secret, password: secret });
    await job.setCustomHeaders({ Authorization: secret });
    await job.setProxySettings('override', secret, secret);
    await job.setNotifyCmdLine('C:\\a.exe', secret);
    const seen = [job, await job.snapshot(), heard, job.toJSON()];
    unsubscribe('dosvc:call', hear);
    expect(heard.length).toBeGreaterThan(4);
    expect(seen.map(printed).join('\n')).not.toContain(secret);
  });

  it('of the address of the file that failed', async ({ scene, recorded: { object, job } }) => {
    const error = errorObject(scene);
    const file = scene.object();
    scene.tell(object, 'IBackgroundCopyJob::GetError', {
      steps: [writtenObject(0, error, 'IBackgroundCopyError')],
    });
    scene.tell(error, 'IBackgroundCopyError::GetFile', {
      steps: [writtenObject(0, file, 'IBackgroundCopyFile')],
    });
    for (const [name, shown] of [
      ['http://user:s3cret1@s3cret2@host/file?sig=s3cret3#s3cret4', 'http://host/file'],
      ['http:///user:s3cret@host/file', 'http://host/file'],
      ['\\\\server\\share\\C# tools\\a.exe', '\\\\server\\share\\C# tools\\a.exe'],
    ] as const) {
      scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: [writtenText(0, name)] });
      const failure = await job.getError();
      expect(failure.file?.remoteName).toBe(shown);
      expect(failure.message).toContain(shown);
      expect(printed(failure)).not.toContain('s3cret');
    }
  });

  itOfDownloads('of a download', async ({ scene }) => {
    const { object, download } = await scene.create();
    scene.tell(object, setProperty, {});
    const names = [
      ...['uri', 'contentId', 'httpCustomHeaders', 'httpCustomAuthHeaders'],
      ...['decryptionInfo', 'integrityCheckInfo', 'securityContext'],
    ] as const;
    await expectSilence(
      (value) => [
        ...names.flatMap((name) => [
          scene.manager.createDownload({ [name]: value, securityContext: value }),
          download.setProperty(name, value),
        ]),
        // In the place of the name.
        download.setProperty(value, 'httpCustomHeaders' as never),
        download.getProperty(value),
        scene.manager.createDownload(value),
        scene.manager.enumDownloads({ uri: value }),
        scene.manager.enumDownloads({ contentId: value }),
      ],
      100,
    );
  });
});

async function addedFile(
  scene: LibraryScene,
  object: Parameters<LibraryScene['tell']>[0],
  job: BackgroundCopyJob,
) {
  const step = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [
    scene.object(),
  ]);
  scene.tell(object, 'IBackgroundCopyJob::EnumFiles', { steps: [step(0)] });
  const [file] = await job.enumFiles();
  if (file === undefined) throw new Error('The job has no file');
  return file;
}
