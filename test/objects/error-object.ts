// SPDX-License-Identifier: MIT
//
// A recorded IBackgroundCopyError with every detail, and the error that the library makes of it.

import type { RecordedObject } from '../recorder/recorder.js';
import { enumValue } from '../facts/facts.js';
import type { LibraryScene } from './library-scene.js';
import { writtenNumber, writtenObject, writtenText } from './written.js';

export const wholeError = {
  name: 'JobError',
  code: 'BG_E_HTTP_ERROR_404',
  hresult: 0x80190194,
  httpStatus: 404,
  context: 'remote-file',
  description: 'nicht gefunden',
  contextDescription: 'am Server',
  protocol: 'http',
  file: { remoteName: 'http://x/', localName: 'C:\\x' },
};

export function errorObject(scene: LibraryScene): RecordedObject {
  const [error, file] = [scene.object(), scene.object()];
  const steps = {
    'IBackgroundCopyError::GetError': [
      writtenNumber(0, enumValue('BG_ERROR_CONTEXT_REMOTE_FILE')),
      writtenNumber(1, wholeError.hresult),
    ],
    'IBackgroundCopyError::GetErrorDescription': [writtenText(1, wholeError.description)],
    'IBackgroundCopyError::GetErrorContextDescription': [
      writtenText(1, wholeError.contextDescription),
    ],
    'IBackgroundCopyError::GetProtocol': [writtenText(0, wholeError.protocol)],
    'IBackgroundCopyError::GetFile': [writtenObject(0, file, 'IBackgroundCopyFile')],
  };
  for (const [row, written] of Object.entries(steps)) scene.tell(error, row, { steps: written });
  const { remoteName, localName } = wholeError.file;
  scene.tell(file, 'IBackgroundCopyFile::GetRemoteName', { steps: [writtenText(0, remoteName)] });
  scene.tell(file, 'IBackgroundCopyFile::GetLocalName', { steps: [writtenText(0, localName)] });
  return error;
}
