// SPDX-License-Identifier: MIT

#include "stand-in/jobs/job.h"

#include <algorithm>
#include <utility>

#include "stand-in/control/switches.h"
#include "stand-in/service/clock.h"
#include "stand-in/service/service.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

void Job::TakeUp() {
  const std::lock_guard lock(mutex_);
  const auto state = record_.state;
  if (state != BG_JOB_STATE_QUEUED && state != BG_JOB_STATE_TRANSFERRING &&
      state != BG_JOB_STATE_TRANSIENT_ERROR) {
    return;
  }
  record_.state = BG_JOB_STATE_QUEUED;
  Enqueue();
}

// DOC: the Return value of each method: a job that was completed or cancelled cannot be changed.
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-
// DOC: IBackgroundCopyManager::CreateJob, Remarks: only the owner and administrators may change it.
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopymanager-createjob
HRESULT Job::MayChange() const {
  if (record_.foreign) return E_ACCESSDENIED;
  return IsFinal(record_) ? Hresult(DO_E_INVALID_STATE) : S_OK;
}

HRESULT Job::AddFile(FileRecord file, std::size_t& index) {
  {
    const std::lock_guard lock(mutex_);
    const HRESULT hr = MayChange();
    if (FAILED(hr)) return hr;
  }
  // Creating the temporary file checks that the client may write there.
  // DOC: IDeliveryOptimizationJob::AddFileWithRanges, Return value,
  // learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
  if (!file.local_name.empty()) {
    const HRESULT hr = TemporaryFile::Create(file.local_name, file.source.temporary_path);
    if (FAILED(hr)) return hr;
  }
  const auto temporary = file.source.temporary_path;
  const std::lock_guard lock(mutex_);
  HRESULT hr = MayChange();
  const bool known = std::any_of(record_.files.begin(), record_.files.end(), [&](const auto& one) {
    return one.id == file.id;
  });
  // "can be any unique string that caller can use to identify files within a job": same page.
  if (SUCCEEDED(hr) && known) hr = E_INVALIDARG;
  if (SUCCEEDED(hr)) {
    index = record_.files.size();
    record_.files.push_back(std::move(file));
    // A new file makes a transferred job incomplete again.
    // DOC: IBackgroundCopyJob::Suspend: "jobs that have finished transferring files are
    // automatically suspended".
    if (record_.state == BG_JOB_STATE_TRANSFERRED) record_.state = BG_JOB_STATE_SUSPENDED;
    if (!Keep()) {
      record_.files.pop_back();
      hr = E_FAIL;
    }
  }
  if (FAILED(hr) && !temporary.empty()) TemporaryFile::Discard(temporary);
  if (SUCCEEDED(hr)) Tell(Event::kModification);
  return hr;
}

HRESULT Job::Suspend() {
  const auto may = [this] { return Look([this](const JobRecord&) { return MayChange(); }); };
  return lag_.Run(may, [self = shared_from_this()] { return self->SuspendNow(); });
}

HRESULT Job::SuspendNow() {
  std::unique_lock lock(mutex_);
  const HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  if (IsFinal(record_)) return Hresult(DO_E_INVALID_STATE);
  // A job that has transferred everything keeps its state.
  if (record_.state != BG_JOB_STATE_TRANSFERRED) Enter(BG_JOB_STATE_SUSPENDED);
  return S_OK;
}

// DOC: IBackgroundCopyJob::Resume,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-resume
// The page calls the error of an empty job DO_E_EMPTY and gives no value; the code that exists is
// DO_E_JOB_EMPTY.
HRESULT Job::Resume() {
  const auto may = [this] { return Look([this](const JobRecord&) { return MayResume(); }); };
  return lag_.Run(may, [self = shared_from_this()] { return self->ResumeNow(); });
}

HRESULT Job::MayResume() const {
  const HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  if (record_.files.empty()) return Hresult(DO_E_JOB_EMPTY);
  for (const auto& file : record_.files) {
    if (file.local_name.empty()) return Hresult(DO_E_FILE_DOWNLOADSINK_UNSPECIFIED);
  }
  return S_OK;
}

HRESULT Job::ResumeNow() {
  const std::lock_guard lock(mutex_);
  const HRESULT hr = MayResume();
  if (FAILED(hr)) return hr;
  // Resume applies the new URLs, and saves them.
  // DOC: IBackgroundCopyFile2::SetRemoteName, Remarks,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyfile2-setremotename-method
  for (auto& file : record_.files) {
    if (!file.new_url.empty()) file.source.url = std::exchange(file.new_url, {});
    file.furthest = {};
  }
  const auto state = record_.state;
  if (state == BG_JOB_STATE_QUEUED || state == BG_JOB_STATE_TRANSFERRING ||
      state == BG_JOB_STATE_TRANSFERRED) {
    Keep();
    return S_OK;
  }
  record_.progressed = Now();
  back_off_.Reset();
  Enter(BG_JOB_STATE_QUEUED);
  Enqueue();
  return S_OK;
}

HRESULT Job::Change(const std::function<HRESULT(JobRecord&)>& change) {
  const std::lock_guard lock(mutex_);
  HRESULT hr = MayChange();
  if (SUCCEEDED(hr)) hr = change(record_);
  if (FAILED(hr)) return hr;
  record_.modified = Now();
  if (!Keep()) return E_FAIL;
  Tell(Event::kModification);
  return hr;
}

HRESULT Job::ChangeHere(const std::function<HRESULT(JobRecord&)>& change) {
  const std::lock_guard lock(mutex_);
  HRESULT hr = MayChange();
  if (SUCCEEDED(hr)) hr = change(record_);
  if (SUCCEEDED(hr)) Tell(Event::kModification);
  return hr;
}

// The callback is not persisted.
// DOC: IBackgroundCopyJob::SetNotifyInterface, Remarks,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnotifyinterface
// This page names no state. BITS' page refuses a job that was completed or cancelled, as the pages
// of the other setters do for both services:
// learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-setnotifyinterface
HRESULT Job::SetCallback(Callback callback) {
  const std::lock_guard lock(mutex_);
  const HRESULT hr = MayChange();
  const bool late = hr == Hresult(DO_E_INVALID_STATE) && Switches::Get().sink_after_end;
  if (FAILED(hr) && !late) return hr;
  // The argument now owns the previous callback, and releases it after the lock.
  callback_.Swap(callback);
  return S_OK;
}

Job::Callback Job::callback() const {
  const std::lock_guard lock(mutex_);
  return callback_;
}

Job::Callback Job::CallbackFor(Event event) const {
  const std::lock_guard lock(mutex_);
  const std::uint32_t flag = event == Event::kTransferred ? 1 : event == Event::kError ? 2 : 8;
  if (!(record_.notify_flags & flag)) return nullptr;
  if (event == Event::kTransferred && record_.state != BG_JOB_STATE_TRANSFERRED) return nullptr;
  return callback_;
}

void Job::DropCallback(const Callback& callback) {
  Callback dropped;
  const std::lock_guard lock(mutex_);
  if (callback_ == callback) dropped.Swap(callback_);
}

void Job::SetForeign(bool foreign) {
  const std::lock_guard lock(mutex_);
  record_.foreign = foreign;
  Keep();
}

void Job::StopTransfer(std::unique_lock<std::mutex>& lock) {
  if (stop_) stop_->Request();
  AwaitIdle(lock);
}

void Job::AwaitIdle(std::unique_lock<std::mutex>& lock) {
  idle_.wait(lock, [this] { return !busy_; });
}

void Job::Enter(BG_JOB_STATE state) {
  record_.state = state;
  record_.modified = Now();
  Keep();
  Tell(Event::kModification);
}

// A job that has ended is no longer on disk.
bool Job::Keep() { return IsFinal(record_) || service_.Save(record_); }

void Job::Enqueue(std::chrono::milliseconds after) {
  service_.queue().Add(shared_from_this(), record_.priority == BG_JOB_PRIORITY_FOREGROUND, after);
}

void Job::Tell(Event event) {
  if (callback_) service_.notifier().Add(shared_from_this(), NoticeOf(shared_from_this(), event));
}

}  // namespace dosvc_stand_in
