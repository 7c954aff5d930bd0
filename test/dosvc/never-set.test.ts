// SPDX-License-Identifier: MIT
// Reading a property that was never set rejects with the service's own code.

import { join } from 'node:path';
import { AddedFile } from 'dosvc';
import { expect } from 'vitest';
import { it, slowly } from '../stand-in/client/fixtures.js';

it('a property that was never set rejects with E_NOT_SET', async ({ folder, job, server }) => {
  const url = server.serve('file', slowly(10));
  await job.addFile(url, join(folder, 'file.bin'));
  const [file] = await job.enumFiles();
  const added = await job.as('IDeliveryOptimizationJob2').addFile('id', url, []);
  if (!(added instanceof AddedFile) || file === undefined) return expect.fail('no file');
  await expect(job.getProperty('extendedErrorInfo')).rejects.toMatchObject(notSet);
  await expect(file.getProperty('httpResponseHeaders')).rejects.toMatchObject(notSet);
  await expect(added.getProperty('downloadSinkFilePath')).rejects.toMatchObject(notSet);
});

const notSet = { name: 'DosvcError', code: 'E_NOT_SET' };
