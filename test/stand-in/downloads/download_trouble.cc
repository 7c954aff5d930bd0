// SPDX-License-Identifier: MIT
//
// What a download does about an error: it fails, it waits, or it tries again at once.
// DOC: do-client, src/do_download_status.cpp, for how the status tells a failure from a wait.

#include <algorithm>

#include "stand-in/com/hresult.h"
#include "stand-in/control/switches.h"
#include "stand-in/downloads/download.h"
#include "stand-in/service/clock.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

constexpr HRESULT kCannotConnect = Hresult(0x80072EFD);
constexpr HRESULT kDenied = Hresult(0x80190191);

// In seconds. "0 means service default": deliveryoptimization.idl. The default of jobs is assumed.
// DOC: IBackgroundCopyJob::SetNoProgressTimeout,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnoprogresstimeout
std::uint32_t NoProgressTimeout(const DownloadRecord& record) {
  const auto seconds =
      PropertyOf<std::uint32_t>(record, DODownloadProperty_NoProgressTimeoutSeconds);
  if (seconds > 0) return seconds;
  return IsForeground(record) ? 3600 : 86400;
}

std::chrono::milliseconds Until(Ticks end) {
  return std::chrono::milliseconds((std::max(end, Now()) - Now()) / (kTicksPerSecond / 1000) + 1);
}

// How long a download tries to connect before it fails.
// DOC: microsoft/winget-pkgs#378160, #422373: it fails after about ten seconds. No page says from
// when they count, nor that a name which is not found is looked up again: it is not.
Ticks ConnectTime() {
  const std::uint32_t milliseconds = Switches::Get().connect_time;
  return (milliseconds ? milliseconds : 10'000) * (kTicksPerSecond / 1000);
}

// The codes of the service itself: what it waits for passes. The others are those of the network
// and of HTTP.
bool IsOfTheService(HRESULT error) {
  return HRESULT_FACILITY(error) == HRESULT_FACILITY(Hresult(DO_E_BLOCKED_BY_NO_NETWORK));
}

}  // namespace

// Pauses the download with an error, and with the reason of it.
void Download::Fail(HRESULT error, HRESULT reason) {
  record_.error = error;
  record_.extended_error = reason;
  record_.waits = false;
  Enter(DODownloadState_Paused);
}

// Pauses the download with an extended error only, so that it resumes by itself.
void Download::Wait(HRESULT error) {
  const bool known = record_.waits && record_.extended_error == error;
  record_.extended_error = error;
  record_.waits = true;
  if (!known) Enter(DODownloadState_Paused);
  const Ticks end = record_.progressed + NoProgressTimeout(record_) * kTicksPerSecond;
  Enqueue(std::min(back_off_.Next(), Until(end)));
}

// Once bytes have come, a download waits. Before, at its first contact with the server, it fails.
// DOC: winget's logs, microsoft/winget-pkgs#378160 (refused), #416454 (reset, and 503),
// #229866 (time-out). The page "Handling Server Application Errors", by which such errors pass, is
// of BITS.
void Download::TryAgain(HRESULT error) {
  if (error == kCannotConnect && unconnected_since_ == 0) unconnected_since_ = Now();
  const Ticks end = unconnected_since_ + ConnectTime();
  if (record_.file.done > 0 || IsOfTheService(error)) {
    Wait(error);
  } else if (error == kCannotConnect && Now() < end) {
    Enqueue(std::min(back_off_.Next(), Until(end)));
  } else {
    Fail(error);
  }
}

// Fails if nothing has come for too long. The reason is what it waited for last.
// DOC: microsoft/winget-cli#2124, microsoft/winget-pkgs#254875.
bool Download::GivesUp() {
  if (Now() - record_.progressed < NoProgressTimeout(record_) * kTicksPerSecond) return false;
  Fail(Hresult(DO_E_DOWNLOAD_NO_PROGRESS), record_.extended_error);
  return true;
}

// DOC: microsoft/winget-cli#2124: once bytes have come, a 401 may pass, too.
bool Download::MayPass(const Result& result) const {
  const bool denied = result.error == kDenied && record_.file.done > 0;
  return result.outcome == Outcome::kTransient || denied;
}

}  // namespace dosvc_stand_in
