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

const downloadsOnly = (what: string): Meaning =>
  byCaller(`Only a download has ${what}.`, 'Check the type of the job.');

const noReply = byCaller(
  "Only a job of the type 'upload-reply' has a reply.",
  'Create the job with that type.',
);

const meanings: Readonly<Record<string, Meaning>> = {
  'IBackgroundCopyJob::SetNotifyFlags': byCaller(
    'The service does not accept these flags.',
    'Both services document 1 (transferred), 2 (error) and 8 (modification). BITS also takes 4 (no notifications), from Windows Vista on 16 (file transferred), and from Windows 10 version 1703 on 32 (file ranges transferred).',
  ),
  'IBackgroundCopyJob2::GetReplyProgress': noReply,
  'IBackgroundCopyJob2::GetReplyData': noReply,
  'IBackgroundCopyJob2::GetReplyFileName': noReply,
  'IBackgroundCopyJob3::AddFileWithRanges': downloadsOnly('ranges'),
  'IBackgroundCopyJob3::ReplaceRemotePrefix': downloadsOnly('remote names that can be changed'),
  'IBackgroundCopyFile2::SetRemoteName': downloadsOnly('remote names that can be changed'),
  'IBackgroundCopyJobHttpOptions::SetSecurityFlags': byCaller(
    'The service does not accept one of these flags.',
    'Leave out the flags that this version of Windows does not have.',
  ),
};

/** What E_NOTIMPL from an operation means; undefined if it means what it says. */
export function meaningOfNotImplemented(operation: string): Meaning | undefined {
  return Object.hasOwn(meanings, operation) ? meanings[operation] : undefined;
}
