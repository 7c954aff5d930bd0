// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyCallback, a telling sink: it notes which callback came, keeps the error object
// (which would vanish), hands both to its feed and returns S_OK. The interface carries no state;
// the feed reads it on its strand.
//
// Where the environment has ended, nobody hears: E_ABORT, after which the service calls again, or
// runs the command line of SetNotifyCmdLine in its place. Where it lives and the feed has gone,
// nobody wanted to hear: S_OK.
// https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobtransferred
#pragma once

#include <memory>
#include <utility>

#include "com/pointer.h"
#include "com/sink.h"
#include "core/mailbox.h"
#include "jobs/callback.h"
#include "jobs/job_feed.h"

namespace dosvc::jobs {

class JobSink : public com::SinkObject<abi::IBackgroundCopyCallback> {
 public:
  JobSink(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<JobFeed> feed)
      : mailbox_(std::move(mailbox)), feed_(std::move(feed)) {}

  // [RPC]
  HRESULT STDMETHODCALLTYPE JobTransferred(abi::IBackgroundCopyJob* job) override;
  HRESULT STDMETHODCALLTYPE JobError(abi::IBackgroundCopyJob* job,
                                     abi::IBackgroundCopyError* error) override;
  HRESULT STDMETHODCALLTYPE JobModification(abi::IBackgroundCopyJob* job, DWORD reserved) override;

 private:
  HRESULT Tell(JobFeed::Callback callback, abi::IBackgroundCopyError* error);

  const std::shared_ptr<Mailbox> mailbox_;
  const std::weak_ptr<JobFeed> feed_;
};

}  // namespace dosvc::jobs
