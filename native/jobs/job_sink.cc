// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyCallback, a notification sink, with its successors 2 and 3. A call about the
// job carries no state, so it starts a look at the job, with the error object that came with it. A
// call about a file says what no look can tell, so each is an event. All return S_OK at once.
// https://learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopycallback-jobtransferred
// https://learn.microsoft.com/windows/win32/api/bits3_0/nf-bits3_0-ibackgroundcopycallback2-filetransferred
// https://learn.microsoft.com/windows/win32/api/bits10_1/nf-bits10_1-ibackgroundcopycallback3-filerangestransferred

#include <utility>

#include "com/hooked_sink.h"
#include "com/sink.h"
#include "jobs/callback.h"
#include "jobs/error.h"
#include "jobs/file.h"
#include "jobs/marshal.h"
#include "jobs/sinks.h"

namespace dosvc::jobs {
namespace {

// Once the environment has ended, calls return E_ABORT, so that the service calls again or runs the
// command line of SetNotifyCmdLine instead. If the environment lives and only the sink has been
// withdrawn, they return S_OK: the notification was no longer wanted.
class JobSink : public com::SinkObject<abi::IBackgroundCopyCallback3,
                                       abi::IBackgroundCopyCallback2,
                                       abi::IBackgroundCopyCallback> {
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
  HRESULT STDMETHODCALLTYPE FileTransferred(abi::IBackgroundCopyJob*,
                                            abi::IBackgroundCopyFile* file) override {
    return TellOf(file, "FileTransferred", [] { return Record(); });
  }
  // The service frees the ranges when this returns.
  HRESULT STDMETHODCALLTYPE FileRangesTransferred(abi::IBackgroundCopyJob*,
                                                  abi::IBackgroundCopyFile* file,
                                                  DWORD range_count,
                                                  const abi::BG_FILE_RANGE* ranges) override {
    if (ranges == nullptr) range_count = 0;
    return TellOf(file, "FileRangesTransferred", [&] {
      List list;
      for (DWORD i = 0; i < range_count; ++i) list.push_back(ToValue(ranges[i]));
      return Record{{"ranges", std::move(list)}};
    });
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

  // Without a file, the call says nothing that an event could.
  template <typename Fields>
  HRESULT TellOf(abi::IBackgroundCopyFile* file, const char* name, Fields fields) {
    return com::Answer([&] {
      if (mailbox_->Closed()) return E_ABORT;
      if (file == nullptr) return E_POINTER;
      const auto hooked = hooked_.lock();
      if (hooked) hooked->Told(name, abi::kIidOf<abi::IBackgroundCopyFile>, file, fields());
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
  auto hooked = MakeObject<com::HookedSink>(
      engine, job.number, std::move(target), std::move(job.look), std::move(job.brought));
  hooked->Attach(com::TakeReference<IUnknown>(new JobSink(engine->channels().mailbox, hooked)));
  return hooked;
}

}  // namespace dosvc::jobs
