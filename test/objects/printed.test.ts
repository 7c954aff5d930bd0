// SPDX-License-Identifier: MIT
//
// What console.log() and JSON.stringify() show of the library's objects: what identifies them, in one
// line, and no secret.

import { inspect } from 'node:util';
import { expect } from 'vitest';
import { it as itOfDownloads } from './download-scene.js';
import { it } from './library-scene.js';
import { writtenObject, writtenText } from './written.js';

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

it('the methods of an interface, and a file added by one, show their service', async ({
  scene,
  recorded: { object, job },
}) => {
  const { service } = scene.manager.toJSON();
  const methods = job.as('IDeliveryOptimizationJob2');
  expect(inspect(methods)).toBe(`IDeliveryOptimizationJob2 { service: '${service}' }`);
  const step = writtenObject(5, scene.object(), 'IDeliveryOptimizationFile2');
  scene.tell(object, 'IDeliveryOptimizationJob2::AddFile', { steps: [step] });
  const file = await methods.addFile('id', 'http://a/', []);
  expect(inspect(file)).toBe(`AddedFile { service: '${service}' }`);
  expect(JSON.stringify(file)).toBe(JSON.stringify({ service }));
});

itOfDownloads('a download shows its id', async ({ scene }) => {
  const { download } = await scene.create(undefined, 'some id');
  expect(inspect(download)).toBe("Download { id: 'some id' }");
  expect(JSON.stringify(download)).toBe('{"id":"some id"}');
  expect(inspect(scene.manager)).toMatch(/^DownloadManager \{ service: '.+' \}$/);
});
