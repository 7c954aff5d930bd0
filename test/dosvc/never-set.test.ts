// SPDX-License-Identifier: MIT
// A property that was never set is null, though the service answers E_NOT_SET.

import { join } from 'node:path';
import { AddedFile } from 'dosvc';
import { expect } from 'vitest';
import { it, slowly } from './fixtures.js';

it('a property that was never set is null', async ({ folder, job, server }) => {
  const url = server.serve('file', slowly(10));
  await job.addFile(url, join(folder, 'file.bin'));
  const [file] = await job.enumFiles();
  const added = await job.as('IDeliveryOptimizationJob2').addFile('id', url, []);
  if (!(added instanceof AddedFile)) return expect.fail('no file');
  const answers = [
    job.getProperty('extendedErrorInfo'),
    file?.getProperty('httpResponseHeaders'),
    added.getProperty('downloadSinkFilePath'),
  ];
  expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(
    answers.map(() => 'fulfilled'),
  );
  expect(await Promise.all(answers)).toEqual([null, null, null]);
});
