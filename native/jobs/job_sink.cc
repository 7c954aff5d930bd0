// SPDX-License-Identifier: MIT

#include "jobs/job_sink.h"

namespace dosvc::jobs {

HRESULT JobSink::JobTransferred(abi::IBackgroundCopyJob*) {
  return Tell(JobFeed::Callback::kTransferred, nullptr);
}

HRESULT JobSink::JobError(abi::IBackgroundCopyJob*, abi::IBackgroundCopyError* error) {
  return Tell(JobFeed::Callback::kError, error);
}

HRESULT JobSink::JobModification(abi::IBackgroundCopyJob*, DWORD) {
  return Tell(JobFeed::Callback::kModification, nullptr);
}

HRESULT JobSink::Tell(JobFeed::Callback callback, abi::IBackgroundCopyError* error) {
  return com::Answer([&] {
    if (mailbox_->Closed()) return E_ABORT;
    if (const auto feed = feed_.lock()) feed->OnCallback(callback, error);
    return S_OK;
  });
}

}  // namespace dosvc::jobs
