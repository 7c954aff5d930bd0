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
#include "stand-in/service/ranges.h"
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

// DOC: IDODownload::Start, ranges: a pointer to an empty structure asks for the whole file, and a
// pointer to ranges asks for those ranges; null "is allowed only when download has already been
// started once before", and resumes.
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-start
// In 2019 the page let null ask for the whole file.
HRESULT Download::Start(const DO_DOWNLOAD_RANGES_INFO* info) {
  Ranges ranges;
  if (info) {
    ranges = std::make_unique<std::vector<Span>>();
    const HRESULT hr = TakeRanges(*info, *ranges);
    if (FAILED(hr)) return hr;
  }
  std::wstring target;
  bool blocking = false;
  {
    const std::lock_guard lock(mutex_);
    const HRESULT hr = MayStart(ranges);
    if (FAILED(hr)) return hr;
    target = Target();
    blocking = PropertyOf<bool>(record_, DODownloadProperty_BlockingMode);
  }
  const HRESULT hr = service_.downloads().Start(*this, target, [&] {
    const std::lock_guard lock(mutex_);
    const HRESULT may = MayStart(ranges);
    if (SUCCEEDED(may)) Begin(ranges);
    return may;
  });
  return SUCCEEDED(hr) && blocking ? AwaitEnd() : hr;
}

// No page says which codes Start fails with, or that null is allowed during a transfer.
HRESULT Download::MayStart(const Ranges& ranges) const {
  const HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  switch (record_.state) {
    case DODownloadState_Created:
      return ranges ? HasAll(ranges) : E_INVALIDARG;
    // The transfer is in progress already, and its ranges cannot be changed now.
    case DODownloadState_Transferring:
      return ranges ? Hresult(DO_E_INVALID_STATE) : S_OK;
    default:
      return ranges ? HasAll(ranges) : S_OK;
  }
}

// DOC: DODownloadProperty for what is required; deliveryoptimizationerrors.h for the codes.
HRESULT Download::HasAll(const Ranges& ranges) const {
  const auto& properties = record_.properties;
  if (properties.count(DODownloadProperty_Uri) + properties.count(DODownloadProperty_ContentId) ==
      0) {
    return Hresult(DO_E_DOWNLOAD_NO_URI);
  }
  if (!stream_ && Target().empty()) return Hresult(DO_E_FILE_DOWNLOADSINK_UNSPECIFIED);
  // DOC: do-client, src/internal/com/download_impl.cpp: "Streamed output requires ranges."
  if (stream_ && ranges->empty()) return Hresult(DO_E_DOWNLOAD_RANGES_EXPECTED);
  if (PropertyOf<bool>(record_, DODownloadProperty_IntegrityCheckMandatory) &&
      properties.count(DODownloadProperty_IntegrityCheckInfo) == 0) {
    return Hresult(DO_E_INTEGRITYCHECKINFO_UNSPECIFIED);
  }
  return S_OK;
}

void Download::Begin(const Ranges& ranges) {
  const auto state = record_.state;
  if (!ranges && (state == DODownloadState_Transferring || state == DODownloadState_Transferred)) {
    return;
  }
  record_.source.url = PropertyOf<std::wstring>(record_, DODownloadProperty_Uri);
  // The server must support ranges, even if the whole file is requested; otherwise the download
  // fails with DO_E_INSUFFICIENT_RANGE_SUPPORT.
  // DOC: MicrosoftDocs/msix-docs, issues 188 and 459.
  record_.source.by_range = true;
  if (ranges) {
    auto& wanted = record_.source.ranges;
    if (state == DODownloadState_Transferred && !ranges->empty()) {
      // "Can start again by downloading another portion of the file": DODownloadState. The new
      // portion follows the bytes that are already in the file.
      if (wanted.empty()) wanted.push_back({0, kToEnd});
      wanted.insert(wanted.end(), ranges->begin(), ranges->end());
      record_.file.total = kUnknownSize;
    } else {
      wanted = *ranges;
      record_.file = {};
      // If a client still holds an earlier turn, the results of that turn are ignored.
      stop_.reset();
    }
  }
  record_.error = record_.extended_error = S_OK;
  record_.waits = false;
  record_.progressed = told_at_ = Now();
  back_off_.Reset();
  Enter(DODownloadState_Transferring);
  Enqueue();
}

// DOC: DODownloadProperty_BlockingMode: "until download is complete or error has occurred",
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
// No page says what Start returns if the download is aborted meanwhile.
HRESULT Download::AwaitEnd() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    return IsFinal(record_) || record_.state == DODownloadState_Transferred || record_.error != 0;
  });
  if (record_.state == DODownloadState_Aborted) return E_ABORT;
  return record_.error;
}

// Pausing a paused download succeeds.
// DOC: do-client, tests/download_properties_tests.cpp, CallbackTestUseDownload, which pauses in
// every callback.
HRESULT Download::Pause() {
  std::unique_lock lock(mutex_);
  HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  hr = MayChange();
  if (FAILED(hr)) return hr;
  if (record_.state == DODownloadState_Transferring) {
    Enter(DODownloadState_Paused);
    return S_OK;
  }
  if (record_.state != DODownloadState_Paused) return Hresult(DO_E_INVALID_STATE);
  if (std::exchange(record_.waits, false)) {
    record_.extended_error = S_OK;
    Enter(DODownloadState_Paused);
  }
  return S_OK;
}

HRESULT Download::Abort() {
  std::unique_lock lock(mutex_);
  HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  StopTransfer(lock);
  hr = MayChange();
  if (SUCCEEDED(hr)) End(DODownloadState_Aborted);
  return hr;
}

HRESULT Download::Finalize() {
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

void Download::StopTransfer(std::unique_lock<std::mutex>& lock) {
  if (stop_) stop_->Request();
  changed_.wait(lock, [this] { return !busy_ || held_; });
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
