// SPDX-License-Identifier: MIT
//
// The end of a job: completed by the client, cancelled, or too old.

#include <algorithm>

#include "stand-in/control/switches.h"
#include "stand-in/jobs/job.h"
#include "stand-in/service/clock.h"
#include "stand-in/service/lifetime.h"
#include "stand-in/service/service.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

bool Exists(const std::wstring& path) {
  return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
}

}  // namespace

// DOC: IBackgroundCopyJob::Cancel,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-cancel
HRESULT Job::Cancel() {
  lag_.Settle();
  std::unique_lock lock(mutex_);
  const HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  if (IsFinal(record_)) return Hresult(DO_E_INVALID_STATE);
  End(BG_JOB_STATE_CANCELLED);
  return S_OK;
}

// DOC: IBackgroundCopyJob::Complete,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-complete
HRESULT Job::Complete() {
  lag_.Settle();
  std::unique_lock lock(mutex_);
  HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  if (IsFinal(record_)) return Hresult(DO_E_INVALID_STATE);
  hr = PublishFiles();
  if (FAILED(hr)) {
    // The transfer was stopped, so the job waits until the caller tries again.
    if (record_.state != BG_JOB_STATE_TRANSFERRED) Enter(BG_JOB_STATE_SUSPENDED);
    return hr;
  }
  const bool whole = std::all_of(
      record_.files.begin(), record_.files.end(), [](const auto& file) { return file.published; });
  // DOC: BITS' page: BG_S_PARTIAL_COMPLETE for "a subset of the files", and the job ends. The page
  // of Delivery Optimization has S_OK alone. No page says that the job stays.
  // DOC: ttv20/wine4office, dlls/qmgr/job.c: a service under Wine where it does.
  // learn.microsoft.com/windows/win32/api/bits/nf-bits-ibackgroundcopyjob-complete
  if (!whole && Switches::Get().keeps_partial) {
    Enter(BG_JOB_STATE_SUSPENDED);
    return Hresult(BG_S_PARTIAL_COMPLETE);
  }
  End(BG_JOB_STATE_ACKNOWLEDGED);
  return S_OK;
}

HRESULT Job::PublishFiles() {
  for (auto& file : record_.files) {
    if (!file.transferred || file.published) continue;
    const auto& temporary = file.source.temporary_path;
    // An earlier process may have died after it renamed the file.
    if (Exists(temporary) || !Exists(file.local_name)) {
      TemporaryFile::SetDate(temporary, file.state.last_modified);
      const HRESULT hr = TemporaryFile::Publish(temporary, file.local_name, true);
      if (FAILED(hr)) return hr;
    }
    file.published = true;
    Keep();
  }
  return S_OK;
}

// Ends the job: removes it from the service and the disk, and deletes the unpublished files.
void Job::End(BG_JOB_STATE state) {
  for (const auto& file : record_.files) {
    if (!file.published && !file.source.temporary_path.empty()) {
      TemporaryFile::Discard(file.source.temporary_path);
    }
  }
  record_.state = state;
  record_.modified = Now();
  service_.Forget(record_.id);
  Tell(Event::kModification);
}

// DOC: IBackgroundCopyCallback::JobTransferred, Remarks: the job is cancelled, and its files are
// deleted.
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback-jobtransferred
void Job::DropIfOld() {
  std::unique_lock lock(mutex_);
  if (IsFinal(record_) || Now() - record_.created < kLifetime) return;
  StopTransfer(lock);
  if (!IsFinal(record_)) End(BG_JOB_STATE_CANCELLED);
}

}  // namespace dosvc_stand_in
