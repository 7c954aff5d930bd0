// SPDX-License-Identifier: MIT
//
// DOC: IDODownload, DODownloadState,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nn-deliveryoptimization-idodownload
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadstate

#include "stand-in/downloads/download.h"

#include <utility>

#include "stand-in/com/hresult.h"
#include "stand-in/downloads/download_property.h"
#include "stand-in/service/lifetime.h"
#include "stand-in/service/service.h"
#include "stand-in/store/record_lines.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

bool Exists(const std::wstring& path) {
  return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
}

bool SamePath(const std::wstring& one, const std::wstring& other) {
  return CompareStringOrdinal(one.c_str(), -1, other.c_str(), -1, TRUE) == CSTR_EQUAL;
}

}  // namespace

// A stream does not outlive the process that it was given to, so a download without a path fails.
void Download::TakeUp() {
  const std::lock_guard lock(mutex_);
  if (!WantsTurn()) return;
  if (Target().empty()) {
    Fail(Hresult(DO_E_FILE_DOWNLOADSINK_UNSPECIFIED));
    return;
  }
  Enqueue();
}

// Only its creator may change a download, and one that has ended cannot be changed.
HRESULT Download::MayChange() const {
  if (record_.foreign) return E_ACCESSDENIED;
  return IsFinal(record_) ? Hresult(DO_E_INVALID_STATE) : S_OK;
}

// Pausing a paused download succeeds.
// DOC: do-client, tests/download_properties_tests.cpp, CallbackTestUseDownload, which pauses in
// every callback.
HRESULT Download::Pause() {
  const auto may = [this] {
    const std::lock_guard lock(mutex_);
    return MayPause();
  };
  return lag_.Run(may, [self = shared_from_this()] { return self->PauseNow(); });
}

HRESULT Download::MayPause() const {
  const HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  const auto state = record_.state;
  const bool can = state == DODownloadState_Transferring || state == DODownloadState_Paused;
  return can ? S_OK : Hresult(DO_E_INVALID_STATE);
}

HRESULT Download::PauseNow() {
  std::unique_lock lock(mutex_);
  HRESULT hr = MayPause();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  hr = MayPause();
  if (FAILED(hr)) return hr;
  const bool waited = std::exchange(record_.waits, false);
  if (waited) record_.extended_error = S_OK;
  if (waited || record_.state == DODownloadState_Transferring) Enter(DODownloadState_Paused);
  return S_OK;
}

HRESULT Download::Abort() {
  lag_.Settle();
  return AbortNow();
}

HRESULT Download::AbortNow() {
  std::unique_lock lock(mutex_);
  HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  hr = MayChange();
  if (SUCCEEDED(hr)) End(DODownloadState_Aborted);
  return hr;
}

// No page says that a client hears of this once it has released the download. Here, it does not:
// do-client keeps its callback set, and frees what the callback uses with the download,
// sdk-cpp/src/do_download.cpp. The callback, too, is released on a notifier thread.
void Download::GiveWay() {
  {
    const std::lock_guard lock(mutex_);
    if (FAILED(MayChange())) return;
    if (held_objects_ == 0) {
      service_.notifier().Add(shared_from_this(),
                              {[callback = std::move(callback_)] { return Telling::kNobody; }});
    }
  }
  AbortNow();
}

HRESULT Download::Finalize() {
  lag_.Settle();
  const std::lock_guard lock(mutex_);
  HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  if (record_.state != DODownloadState_Transferred) return Hresult(DO_E_INVALID_STATE);
  hr = Publish();
  if (SUCCEEDED(hr)) End(DODownloadState_Finalized);
  return hr;
}

// "DO will not overwrite": winget, src/AppInstallerCommonCore/DODownloader.cpp, which deletes the
// target first.
HRESULT Download::Publish() {
  auto& temporary = record_.source.temporary_path;
  const auto target = Target();
  // An earlier process may have died after it renamed the file.
  if (temporary.empty() || (!Exists(temporary) && Exists(target))) return S_OK;
  const HRESULT hr = TemporaryFile::Publish(temporary, target, false);
  if (SUCCEEDED(hr)) temporary.clear();
  return hr;
}

// Ends the download: removes it from the service and the disk, and deletes an unpublished file.
void Download::End(DODownloadState state) {
  if (!record_.source.temporary_path.empty()) {
    TemporaryFile::Discard(record_.source.temporary_path);
  }
  stop_.reset();
  record_.waits = false;
  service_.downloads().Forget(record_.id);
  Enter(state);
  // Releases the stream after the last notification, on a notifier thread, which may wait for the
  // client.
  service_.notifier().Add(shared_from_this(),
                          {[stream = std::move(stream_)] { return Telling::kNobody; }});
}

// DOC: IDOManager::EnumDownloads,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idomanager-enumdownloads
bool Download::IsOf(const DO_DOWNLOAD_ENUM_CATEGORY* category) const {
  const std::lock_guard lock(mutex_);
  if (record_.foreign || IsFinal(record_)) return false;
  if (!category) return true;
  const std::wstring value = category->Value ? category->Value : L"";
  if (category->Property == DODownloadProperty_Id) return SamePath(value, SpellGuid(record_.id));
  const auto own = PropertyOf<std::wstring>(record_, category->Property);
  return category->Property == DODownloadProperty_LocalPath ? SamePath(value, own) : value == own;
}

bool Download::WritesTo(const std::wstring& target) const {
  const std::lock_guard lock(mutex_);
  return !IsFinal(record_) && record_.state != DODownloadState_Created &&
         SamePath(Target(), target);
}

void Download::SetForeign(bool foreign) {
  const std::lock_guard lock(mutex_);
  record_.foreign = foreign;
  Keep();
}

void Download::DropIfOld() {
  std::unique_lock lock(mutex_);
  if (IsFinal(record_) || Now() - record_.created < kLifetime) return;
  StopTransfer(lock);
  if (!IsFinal(record_)) End(DODownloadState_Aborted);
}

void Download::LookAgain() {
  const std::lock_guard lock(mutex_);
  if (record_.waits) Enqueue();
}

// A turn that was queued before may begin while this waits for another one to end.
void Download::StopTransfer(std::unique_lock<std::mutex>& lock) {
  changed_.wait(lock, [this] {
    if (stop_) stop_->Request();
    return !busy_ || held_;
  });
}

void Download::Enter(DODownloadState state) {
  record_.state = state;
  Keep();
  Tell(false);
  changed_.notify_all();
}

// A download that does not outlive the process is saved only so that the next process can delete
// its temporary file.
void Download::Keep() {
  if (IsFinal(record_)) return;
  if (IsNonVolatile(record_) || !record_.source.temporary_path.empty()) {
    service_.downloads().Save(record_);
  }
}

void Download::Enqueue(std::chrono::milliseconds after) {
  service_.queue().Add(shared_from_this(), IsForeground(record_), after);
}

std::wstring Download::Target() const {
  return PropertyOf<std::wstring>(record_, DODownloadProperty_LocalPath);
}

}  // namespace dosvc_stand_in
