// SPDX-License-Identifier: MIT
//
// How a download starts, again or for the first time.

#include "stand-in/com/hresult.h"
#include "stand-in/downloads/download.h"
#include "stand-in/service/ranges.h"
#include "stand-in/service/service.h"
#include "stand-in/service/windows_build.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

// DOC: IDODownload::Start, ranges: a pointer to an empty structure asks for the whole file, and a
// pointer to ranges asks for those ranges; null resumes.
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-start
// The page says that null "is allowed only when download has already been started once before". The
// service takes it for the whole file then, as the page of 2019 has it: MicrosoftDocs/win32,
// desktop-src/delivery_optimization/do/nf-do-idodownload-start.md. Published clients rely on that.
// DOC: Gaoyifei1011/GetStoreApp, DeliveryOptimizationService.cs.
HRESULT Download::Start(const DO_DOWNLOAD_RANGES_INFO* info) {
  Ranges ranges;
  if (info) {
    const HRESULT hr = TakeRanges(*info, ranges.emplace());
    if (FAILED(hr)) return hr;
  }
  bool blocks = false;
  {
    const std::lock_guard lock(mutex_);
    blocks = PropertyOf<bool>(record_, DODownloadProperty_BlockingMode);
  }
  if (!blocks) {
    const auto may = [&] {
      const std::lock_guard lock(mutex_);
      return MayStart(ranges);
    };
    return lag_.Run(may, [self = shared_from_this(), ranges] { return self->StartNow(ranges); });
  }
  lag_.Settle();
  const HRESULT hr = StartNow(ranges);
  return SUCCEEDED(hr) ? AwaitEnd() : hr;
}

HRESULT Download::StartNow(const Ranges& ranges) {
  std::wstring target;
  {
    const std::lock_guard lock(mutex_);
    const HRESULT hr = MayStart(ranges);
    if (FAILED(hr)) return hr;
    target = Target();
  }
  return service_.downloads().Start(*this, target, [&] {
    const std::lock_guard lock(mutex_);
    const HRESULT hr = MayStart(ranges);
    if (SUCCEEDED(hr)) Begin(ranges);
    return hr;
  });
}

// No page says which codes Start fails with, or that null is allowed during a transfer.
HRESULT Download::MayStart(const Ranges& ranges) const {
  const HRESULT hr = MayChange();
  if (FAILED(hr)) return hr;
  switch (record_.state) {
    case DODownloadState_Created:
      return HasAll(ranges);
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
  // DOC: do-client, src/internal/com/download_impl.cpp: "Streamed output requires ranges"; and
  // shishirb-MSFT/DODownloaderDotNet, Program.cs: "(upto and including Win11 22H2)". No page says
  // which build is the first that does not. It is 24H2 here, because 23H2 (22631) is 22H2 with some
  // features enabled.
  const bool whole = !ranges || ranges->empty();
  if (stream_ && whole && !HasBuild(kGermanium)) return Hresult(DO_E_DOWNLOAD_RANGES_EXPECTED);
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
  // DOC: MicrosoftDocs/msix-docs#188, #459.
  record_.source.by_range = true;
  if (ranges) {
    auto& wanted = record_.source.ranges;
    if (state == DODownloadState_Transferred && !ranges->empty()) {
      // "Can start again by downloading another portion of the file": DODownloadState. The new
      // portion follows the bytes that are already in the file.
      if (wanted.empty()) wanted.push_back({0, kToEnd});
      wanted.insert(wanted.end(), ranges->begin(), ranges->end());
      record_.file.total = kUnknownSize;
      earlier_bytes_ = record_.file.done;
    } else {
      wanted = *ranges;
      record_.file = {};
      earlier_bytes_ = 0;
      // If a client still holds an earlier turn, the results of that turn are ignored.
      stop_.reset();
    }
  }
  record_.error = record_.extended_error = S_OK;
  record_.waits = false;
  record_.furthest = {};
  unconnected_since_ = 0;
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

}  // namespace dosvc_stand_in
