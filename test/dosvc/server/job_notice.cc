// SPDX-License-Identifier: MIT

#include "server/job_notice.h"

#include <utility>

#include "com/pointer.h"
#include "server/error_object.h"
#include "server/gone.h"
#include "server/job.h"
#include "server/job_object.h"

namespace dosvc_stand_in {
namespace {

using dosvc::abi::IBackgroundCopyError;
using dosvc::com::ComPtr;

HRESULT Call(const Job::Callback& callback, const std::shared_ptr<Job>& job, Event event) {
  const auto object = MakeJobObject(job);
  if (event == Event::kTransferred) return callback->JobTransferred(object.Get());
  if (event == Event::kModification) return callback->JobModification(object.Get(), 0);
  ComPtr<IBackgroundCopyError> error;
  // It is no longer in error: there is nothing to tell.
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
  // The other two "should return S_OK"; the transfer's end is told as persistently.
  const bool done = hr == S_OK || event == Event::kModification;
  return done ? Telling::kTold : Telling::kAgain;
}

}  // namespace

// One modification that nobody has heard of yet stands for all.
Notice NoticeOf(std::shared_ptr<Job> job, Event event) {
  return {[job = std::move(job), event] { return Tell(job, event); },
          event == Event::kModification};
}

}  // namespace dosvc_stand_in
