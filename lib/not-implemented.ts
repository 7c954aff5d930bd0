// SPDX-License-Identifier: MIT
//
// What E_NOTIMPL means where it is about an argument or the job, and not about the method.

import type { Blame } from './generated/hresults.js';

interface Meaning {
  blame: Blame;
  meaning: string;
  advice: string;
}

const byCaller = (meaning: string, advice: string): Meaning => ({
  blame: 'caller',
  meaning,
  advice,
});

const noReply = byCaller(
  "Only a job of the type 'upload-reply' has a reply.",
  'Create the job with that type.',
);

const meanings: Readonly<Record<string, Meaning>> = {
  'IBackgroundCopyJob::SetNotifyFlags': byCaller(
    'The service does not accept these flags.',
    'Both services accept 1 (transferred), 2 (error) and 8 (modification); BITS also 16 (file transferred) and, from Windows 10 version 1703 on, 32 (file ranges transferred).',
  ),
  'IBackgroundCopyJob2::GetReplyProgress': noReply,
  'IBackgroundCopyJob2::GetReplyData': noReply,
  'IBackgroundCopyJob2::GetReplyFileName': noReply,
  'IBackgroundCopyJob3::ReplaceRemotePrefix': byCaller(
    'Only a download has remote names to replace.',
    'Create another job for the upload.',
  ),
  'IBackgroundCopyJobHttpOptions::SetSecurityFlags': byCaller(
    'The service does not accept one of these flags.',
    'Leave out what this version of Windows does not have.',
  ),
};

/** What it means for an operation; undefined if the method is not implemented. */
export function otherThanNotImplemented(operation: string): Meaning | undefined {
  return Object.hasOwn(meanings, operation) ? meanings[operation] : undefined;
}
