// SPDX-License-Identifier: MIT
//
// The Mark of the Web: Windows warns of a file that came from the internet, and applications open it
// with care. See https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc/6e3f7352-d11c-4d76-8c39-2516a9df36e8

import { rename, writeFile } from 'node:fs/promises';
import { withoutSecrets } from '../../secrets.js';
import { fileError } from './file-error.js';

const internet = 3;

/**
 * Marks a file as one from the internet; it keeps the mark when it is renamed. Other systems than Windows
 * have no such mark. Rejects with the error of the file if its volume cannot hold one, as FAT.
 */
export async function markOfTheWeb(file: string, address: string): Promise<void> {
  if (process.platform !== 'win32') return;
  const lines = [
    '[ZoneTransfer]',
    `ZoneId=${String(internet)}`,
    `HostUrl=${withoutSecrets(address)}`,
  ];
  try {
    await writeFile(streamOf(file), `${lines.join('\r\n')}\r\n`);
  } catch (error) {
    throw fileError(`The file ${file} cannot be marked as one from the internet.`, error);
  }
}

/**
 * Takes the mark along when a marked file has been renamed. On Windows, it is a part of the file; Wine
 * has it as a file of its own.
 */
export async function moveMark(from: string, to: string): Promise<void> {
  if (process.platform !== 'win32') return;
  await rename(streamOf(from), streamOf(to)).catch(() => undefined);
}

function streamOf(file: string): string {
  return `${file}:Zone.Identifier`;
}
