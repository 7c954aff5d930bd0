// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyCallback, a telling sink: it notes which callback came, keeps the error object
// (which would vanish), hands both to its feed and returns S_OK. The interface carries no state;
// the feed reads it on its strand.
#pragma once

#include <memory>

#include "com/pointer.h"
#include "com/sink.h"
#include "jobs/callback.h"
#include "jobs/job_feed.h"

namespace dosvc::jobs {

class JobSink : public com::SinkObject<abi::IBackgroundCopyCallback> {
 public:
  explicit JobSink(std::weak_ptr<JobFeed> feed) : feed_(std::move(feed)) {}

  // [RPC]
  HRESULT STDMETHODCALLTYPE JobTransferred(abi::IBackgroundCopyJob* job) override;
  HRESULT STDMETHODCALLTYPE JobError(abi::IBackgroundCopyJob* job,
                                     abi::IBackgroundCopyError* error) override;
  HRESULT STDMETHODCALLTYPE JobModification(abi::IBackgroundCopyJob* job, DWORD reserved) override;

 private:
  HRESULT Tell(JobFeed::Callback callback, abi::IBackgroundCopyError* error);

  const std::weak_ptr<JobFeed> feed_;
};

}  // namespace dosvc::jobs
