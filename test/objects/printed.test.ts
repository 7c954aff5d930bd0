// SPDX-License-Identifier: MIT
//
// What console.log() and JSON.stringify() show of the library's objects: what identifies them, in one
// line, and no secret.

import { inspect } from 'node:util';
import { expect } from 'vitest';
import { it as itOfDownloads } from './download-scene.js';
import { it } from './library-scene.js';
import { writtenText } from './written.js';

it('a manager shows its service, and a job its id', ({ scene: { manager }, recorded: { job } }) => {
  const { service } = manager.toJSON();
  expect(inspect(manager)).toBe(`BackgroundCopyManager { service: '${service}' }`);
  expect(inspect([job])).toBe(`[ BackgroundCopyJob { id: '${job.id}' } ]`);
  expect(JSON.stringify({ manager, job })).toBe(
    `{"manager":{"service":"${service}"},"job":{"id":"${job.id}"}}`,
  );
});

it('a file shows its names', async ({ scene, recorded: { object, job } }) => {
  const file = scene.object();
  const url = 'http://user:password@download.example.com/product/file-1.2.3.msix?sig=secret';
  scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: [writtenText(0, url)] });
  scene.tell(file, 'IBackgroundCopyFile::GetLocalName', { steps: [writtenText(0, 'C:\\file')] });
  const step = scene.enumerator('IEnumBackgroundCopyFiles', 'IBackgroundCopyFile', [file]);
  scene.tell(object, 'IBackgroundCopyJob::EnumFiles', { steps: [step(0)] });
  const [found] = await job.enumFiles();
  expect(found?.remoteName).toBe(url);
  const remoteName = 'http://download.example.com/product/file-1.2.3.msix';
  const shown = { remoteName, localName: 'C:\\file' };
  expect(inspect(found)).toBe(
    `BackgroundCopyFile { remoteName: '${remoteName}', localName: 'C:\\\\file' }`,
  );
  expect(JSON.parse(JSON.stringify(found))).toEqual(shown);
});

itOfDownloads('a download shows its id', async ({ scene }) => {
  const { download } = await scene.create(undefined, 'some id');
  expect(inspect(download)).toBe("Download { id: 'some id' }");
  expect(JSON.stringify(download)).toBe('{"id":"some id"}');
  expect(inspect(scene.manager)).toMatch(/^DownloadManager \{ service: '.+' \}$/);
});
