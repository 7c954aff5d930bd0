// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyCallback, a notification sink. The interface carries no state, so each call
// starts a look at the job, with the error object that came with it, and returns S_OK at once.
// https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobtransferred

#include <utility>

#include "com/hooked_sink.h"
#include "com/sink.h"
#include "jobs/callback.h"
#include "jobs/error.h"
#include "jobs/sinks.h"

namespace dosvc::jobs {
namespace {

// Once the environment has ended, calls return E_ABORT, so that the service calls again or runs the
// command line of SetNotifyCmdLine instead. If the environment lives and only the sink has been
// withdrawn, they return S_OK: the notification was no longer wanted.
class JobSink : public com::SinkObject<abi::IBackgroundCopyCallback> {
 public:
  JobSink(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<com::HookedSink> hooked)
      : mailbox_(std::move(mailbox)), hooked_(std::move(hooked)) {}

  // [RPC]
  HRESULT STDMETHODCALLTYPE JobTransferred(abi::IBackgroundCopyJob*) override {
    return Tell("JobTransferred", nullptr);
  }
  HRESULT STDMETHODCALLTYPE JobError(abi::IBackgroundCopyJob*,
                                     abi::IBackgroundCopyError* error) override {
    return Tell("JobError", error);
  }
  HRESULT STDMETHODCALLTYPE JobModification(abi::IBackgroundCopyJob*, DWORD) override {
    return Tell("JobModification", nullptr);
  }

 private:
  HRESULT Tell(const char* name, abi::IBackgroundCopyError* error) {
    return com::Answer([&] {
      if (mailbox_->Closed()) return E_ABORT;
      const auto hooked = hooked_.lock();
      if (hooked) hooked->Called(name, abi::kIidOf<abi::IBackgroundCopyError>, error);
      return S_OK;
    });
  }

  const std::shared_ptr<Mailbox> mailbox_;
  const std::weak_ptr<com::HookedSink> hooked_;
};

}  // namespace

ObjectRef MakeJobSink(const std::shared_ptr<com::ComEngine>& engine, Subscription job) {
  auto target = std::dynamic_pointer_cast<com::ComObject>(job.target);
  if (!target) return nullptr;
  auto hooked =
      MakeObject<com::HookedSink>(engine, job.number, std::move(target), std::move(job.look));
  hooked->Attach(com::TakeReference<IUnknown>(new JobSink(engine->channels().mailbox, hooked)));
  return hooked;
}

}  // namespace dosvc::jobs
