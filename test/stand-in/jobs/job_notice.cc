// SPDX-License-Identifier: MIT

#include "stand-in/jobs/job_notice.h"

#include <utility>

#include "com/pointer.h"
#include "stand-in/com/gone.h"
#include "stand-in/jobs/error_object.h"
#include "stand-in/jobs/job.h"
#include "stand-in/jobs/job_object.h"

namespace dosvc_stand_in {
namespace {

using dosvc::abi::IBackgroundCopyError;
using dosvc::com::ComPtr;

HRESULT Call(const Job::Callback& callback, const std::shared_ptr<Job>& job, Event event) {
  const auto object = MakeJobObject(job);
  if (event == Event::kTransferred) return callback->JobTransferred(object.Get());
  if (event == Event::kModification) return callback->JobModification(object.Get(), 0);
  ComPtr<IBackgroundCopyError> error;
  // The job is no longer in error, so there is nothing to report.
  if (FAILED(MakeErrorObject(job, error))) return S_OK;
  return callback->JobError(object.Get(), error.Get());
}

Telling Tell(const std::shared_ptr<Job>& job, Event event) {
  const auto callback = job->CallbackFor(event);
  if (!callback) return Telling::kNobody;
  const HRESULT hr = Call(callback, job, event);
  // DOC: IBackgroundCopyCallback, Remarks,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback
  if (IsGone(hr)) {
    job->DropCallback(callback);
    return Telling::kTold;
  }
  // DOC: IBackgroundCopyCallback::JobError, Return value,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback-joberror-method
  // The other two "should return S_OK"; JobTransferred is retried as persistently as JobError.
  const bool done = hr == S_OK || event == Event::kModification;
  return done ? Telling::kTold : Telling::kAgain;
}

}  // namespace

// Consecutive modifications that have not been delivered yet are merged into one.
Notice NoticeOf(std::shared_ptr<Job> job, Event event) {
  return {[job = std::move(job), event] { return Tell(job, event); },
          event == Event::kModification};
}

}  // namespace dosvc_stand_in
