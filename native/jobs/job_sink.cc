// SPDX-License-Identifier: MIT

#include "jobs/job_sink.h"

#include "core/thread.h"
#include "jobs/job_feed.h"

namespace dosvc::jobs {

HRESULT JobSink::JobTransferred(abi::IBackgroundCopyJob*) {
  ThreadScope scope(Thread::kRpc);
  if (const auto feed = feed_.lock()) feed->OnCallback(JobFeed::Callback::kTransferred, nullptr);
  return S_OK;
}

HRESULT JobSink::JobError(abi::IBackgroundCopyJob*, abi::IBackgroundCopyError* error) {
  ThreadScope scope(Thread::kRpc);
  if (const auto feed = feed_.lock()) feed->OnCallback(JobFeed::Callback::kError, error);
  return S_OK;
}

HRESULT JobSink::JobModification(abi::IBackgroundCopyJob*, DWORD) {
  ThreadScope scope(Thread::kRpc);
  if (const auto feed = feed_.lock()) feed->OnCallback(JobFeed::Callback::kModification, nullptr);
  return S_OK;
}

}  // namespace dosvc::jobs
