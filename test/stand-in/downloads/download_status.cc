// SPDX-License-Identifier: MIT
//
// A download's status and properties, and the notifications to its callback.
// DOC: DO_DOWNLOAD_STATUS,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ns-deliveryoptimization-do_download_status

#include <algorithm>

#include "stand-in/com/gone.h"
#include "stand-in/com/hresult.h"
#include "stand-in/com/object.h"
#include "stand-in/com/variant.h"
#include "stand-in/control/switches.h"
#include "stand-in/downloads/download.h"
#include "stand-in/downloads/download_object.h"
#include "stand-in/downloads/download_property.h"
#include "stand-in/service/ranges.h"
#include "stand-in/service/service.h"
#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

constexpr std::uint32_t kPiece = 1 << 20;

HRESULT GiveInterface(IUnknown* object, VARIANT* value) {
  if (!object) return kNotSet;
  object->AddRef();
  V_VT(value) = VT_UNKNOWN;
  V_UNKNOWN(value) = object;
  return S_OK;
}

bool IsInterface(DODownloadProperty id) {
  return id == DODownloadProperty_CallbackInterface || id == DODownloadProperty_StreamInterface;
}

}  // namespace

DO_DOWNLOAD_STATUS Download::Status() const {
  const std::lock_guard lock(mutex_);
  return StatusNow();
}

// DOC: the log in microsoft/winget-cli#3722: progress is reported in whole pieces of a MiB. The
// switch "progress-step" makes them smaller. No page says what is reported while another portion of
// the file is added to a whole one: not less than before.
std::uint64_t Download::Reported() const {
  const std::uint64_t done = record_.file.done;
  if (done == record_.file.total) return done;
  const std::uint32_t step = Switches::Get().progress_step;
  const std::uint64_t earlier = done < earlier_bytes_ ? 0 : earlier_bytes_;
  return std::max(earlier, done - done % (step ? step : kPiece));
}

// Until the server reports the total, it is the size that the client gave, or 0: winget,
// src/AppInstallerCommonCore/DODownloader.cpp.
DO_DOWNLOAD_STATUS Download::StatusNow() const {
  std::uint64_t total = record_.file.total;
  if (total == kUnknownSize && !record_.source.ranges.empty())
    total = SizeOf(record_.source.ranges);
  if (total == kUnknownSize) {
    total = PropertyOf<std::uint64_t>(record_, DODownloadProperty_TotalSizeBytes);
  }
  return {total,
          Reported(),
          record_.state,
          InBitsCodes(record_.error),
          InBitsCodes(record_.extended_error)};
}

// DOC: IDODownload::GetProperty, Return value,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-getproperty
HRESULT Download::GetProperty(DODownloadProperty id, VARIANT* value) const {
  const auto* const property = FindProperty(id);
  if (!property) return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
  if (property->access == Access::kWriteOnly) return Hresult(DO_E_WRITE_ONLY_PROPERTY);
  const std::lock_guard lock(mutex_);
  if (id == DODownloadProperty_Id) return GiveVariant(SpellGuid(record_.id), value);
  if (id == DODownloadProperty_CallbackInterface) return GiveInterface(callback_.Get(), value);
  if (id == DODownloadProperty_StreamInterface) return GiveInterface(stream_.Get(), value);
  // DOC: do-client, tests/download_properties_tests.cpp, BasicStreamTest: the actual size.
  if (id == DODownloadProperty_TotalSizeBytes && record_.file.total != kUnknownSize) {
    return GiveVariant(record_.file.total, value);
  }
  const auto found = record_.properties.find(id);
  if (found != record_.properties.end()) return GiveProperty(found->second, value);
  const auto otherwise = DefaultOf(id, record_);
  return otherwise ? GiveProperty(*otherwise, value) : kNotSet;
}

// DOC: IDODownload::SetProperty, Return value,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-setproperty
HRESULT Download::SetProperty(DODownloadProperty id, const VARIANT& value) {
  const auto* const property = FindProperty(id);
  if (!property) return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
  if (property->access == Access::kReadOnly) return Hresult(DO_E_READ_ONLY_PROPERTY);
  {
    const std::lock_guard lock(mutex_);
    if (record_.foreign) return E_ACCESSDENIED;
    if (!MaySet(*property, record_.state)) return Hresult(DO_E_INVALID_STATE);
  }
  if (IsInterface(id)) return SetInterface(id, value);
  // The certificate is checked but not used: the stand-in does no TLS with client certificates.
  if (id == DODownloadProperty_SecurityContext) return CheckCertificate(value);
  PropertyValue taken;
  const HRESULT hr = TakeProperty(*property, value, taken);
  if (FAILED(hr)) return hr;
  const std::lock_guard lock(mutex_);
  if (!MaySet(*property, record_.state)) return Hresult(DO_E_INVALID_STATE);
  // DOC: deliveryoptimizationerrors.h: the other kind of target is already set.
  if (id == DODownloadProperty_LocalPath && stream_) {
    return Hresult(DO_E_FILE_DOWNLOADSINK_ALREADY_SET);
  }
  record_.properties[id] = std::move(taken);
  Keep();
  return S_OK;
}

// Queries and releases the client's objects without holding the lock, because both call the client.
HRESULT Download::SetInterface(DODownloadProperty id, const VARIANT& value) {
  Callback callback;
  Stream stream;
  const bool tells = id == DODownloadProperty_CallbackInterface;
  auto* const slot = tells ? reinterpret_cast<void**>(callback.GetAddressOf())
                           : reinterpret_cast<void**>(stream.GetAddressOf());
  // DOC: do-client, src/internal/com/download_impl.cpp: "DO QI's for IStream".
  const IID& iid = tells ? kIidOf<IDODownloadStatusCallback> : IID_IStream;
  const HRESULT hr = TakeInterface(value, iid, slot);
  if (FAILED(hr)) return hr;
  const std::lock_guard lock(mutex_);
  if (!MaySet(*FindProperty(id), record_.state)) return Hresult(DO_E_INVALID_STATE);
  if (stream && !Target().empty()) return Hresult(DO_E_FILE_DOWNLOADSINK_ALREADY_SET);
  if (tells) {
    callback_.Swap(callback);
  } else {
    stream_.Swap(stream);
  }
  return S_OK;
}

Download::Callback Download::callback() const {
  const std::lock_guard lock(mutex_);
  return callback_;
}

// Whether the callback is to hear of the bytes that have arrived.
// DOC: DODownloadProperty_CallbackFreqPercent, DODownloadProperty_CallbackFreqSeconds.
bool Download::IsDue() const {
  const auto seconds =
      PropertyOf<std::uint32_t>(record_, DODownloadProperty_CallbackFreqSeconds, 1u);
  if (Now() - told_at_ >= seconds * kTicksPerSecond) return true;
  const auto percent =
      PropertyOf<std::uint32_t>(record_, DODownloadProperty_CallbackFreqPercent, 0u);
  if (percent == 0 || record_.file.total == kUnknownSize) return false;
  const std::uint64_t reported = Reported();
  return (reported - std::min(told_bytes_, reported)) * 100 >= record_.file.total * percent;
}

// DOC: IDODownloadStatusCallback::OnStatusChange: "any time a download status has changed",
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownloadstatuscallback-onstatuschange
// `passing`: bytes have arrived, but the state has not changed.
void Download::Tell(bool passing) {
  told_at_ = Now();
  told_bytes_ = Reported();
  if (!callback_) return;
  service_.notifier().Add(
      shared_from_this(),
      {[self = shared_from_this(), status = StatusNow()] { return self->TellStatus(status); },
       passing});
}

// A callback that was replaced is no longer called: do-client, tests/download_properties_tests.cpp,
// OverrideCallbackTest.
Telling Download::TellStatus(const DO_DOWNLOAD_STATUS& status) {
  const Callback told = callback();
  if (!told) return Telling::kNobody;
  const HRESULT hr = LendDownloadObject(shared_from_this(), [&](IDODownload* object) {
    return Answer(L"IDODownloadStatusCallback::OnStatusChange",
                  [&] { return told->OnStatusChange(object, &status); });
  });
  const bool last =
      status.State == DODownloadState_Finalized || status.State == DODownloadState_Aborted;
  if (IsGone(hr) || last) {
    Callback dropped;
    const std::lock_guard lock(mutex_);
    if (callback_ == told) callback_.Swap(dropped);
  }
  return Telling::kTold;
}

}  // namespace dosvc_stand_in
