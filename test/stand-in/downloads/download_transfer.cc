// SPDX-License-Identifier: MIT
//
// A download's turn to transfer, on one of the queue's threads.

#include <algorithm>
#include <utility>

#include "stand-in/com/hresult.h"
#include "stand-in/control/switches.h"
#include "stand-in/downloads/download.h"
#include "stand-in/downloads/download_http.h"
#include "stand-in/downloads/piece_hashes.h"
#include "stand-in/downloads/stream_target.h"
#include "stand-in/process/service_log.h"
#include "stand-in/service/clock.h"
#include "stand-in/service/full_path.h"
#include "stand-in/service/service.h"
#include "stand-in/store/folder.h"
#include "stand-in/store/record_lines.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

// If the state on disk is slightly out of date, the only cost is that some bytes are sent again.
constexpr Ticks kBetweenSaves = kTicksPerSecond / 20;

// In the order of Outcome.
constexpr const wchar_t* kOutcomes[] = {L"is complete", L"stops", L"waits", L"fails"};

}  // namespace

// Handles the events of a transfer, on the thread of the turn.
class Download::Events final : public TransferEvents {
 public:
  Events(Download& download, std::shared_ptr<Stop> stop)
      : download_(download), stop_(std::move(stop)) {}

  void Responded(const Response& response) override {
    const std::lock_guard lock(download_.mutex_);
    if (Counts()) TakeResponse(response, download_.record_);
  }

  void Answered(const FileState& state, const std::wstring&) override {
    const std::lock_guard lock(download_.mutex_);
    if (!Counts()) return;
    download_.record_.file = state;
    download_.Keep();
  }

  void Progressed(const FileState& state) override {
    const std::lock_guard lock(download_.mutex_);
    if (!Counts()) return;
    auto& record = download_.record_;
    record.file = state;
    if (record.furthest.Passed(state)) {
      record.progressed = Now();
      download_.back_off_.Reset();
    }
    if (IsNonVolatile(record) && Now() - kept_ >= kBetweenSaves) {
      kept_ = Now();
      download_.Keep();
    }
    if (download_.IsDue()) download_.Tell(true);
  }

  bool NetworkLost() override {
    return Switches::Get().network_lost != 0 || Switches::Get().waiting != 0;
  }

 private:
  // False if a later call has replaced or ended what this turn transfers.
  bool Counts() const { return download_.stop_ == stop_; }

  Download& download_;
  const std::shared_ptr<Stop> stop_;
  Ticks kept_ = 0;
};

// The log shows where a turn is that does not end.
void Download::Transfer() {
  Turn turn;
  if (!BeginTurn(turn)) return;
  Log(L"download %ls goes on at byte %llu", SpellGuid(record_.id).c_str(), turn.file.done);
  const auto result = Run(turn);
  EndTurn(turn, result);
  Log(L"download %ls %ls at byte %llu: 0x%08lX",
      SpellGuid(record_.id).c_str(),
      kOutcomes[static_cast<int>(result.outcome)],
      turn.file.done,
      result.error);
}

bool Download::MayBeHeld() const {
  const std::lock_guard lock(mutex_);
  return stream_ != nullptr;
}

bool Download::WantsTurn() const {
  return record_.state == DODownloadState_Transferring || record_.waits;
}

bool Download::BeginTurn(Turn& turn) {
  const std::lock_guard lock(mutex_);
  // The download has changed state since this turn was queued.
  if (!WantsTurn()) return false;
  if (busy_) {
    again_ = true;
    return false;
  }
  if (record_.waits && GivesUp()) return false;
  if (const std::uint32_t waiting = Switches::Get().waiting) {
    Wait(Hresult(waiting));
    return false;
  }
  busy_ = true;
  stop_ = turn.stop = std::make_shared<Stop>();
  if (record_.waits) {
    record_.waits = false;
    unconnected_since_ = 0;
    record_.extended_error = S_OK;
    Enter(DODownloadState_Transferring);
  }
  turn.target = Target();
  turn.source = record_.source;
  turn.file = record_.file;
  turn.http = HttpOptionsOf(record_);
  turn.stream = stream_;
  if (PropertyOf<bool>(record_, DODownloadProperty_IntegrityCheckMandatory)) {
    turn.integrity_info = PropertyOf<std::wstring>(record_, DODownloadProperty_IntegrityCheckInfo);
  }
  return true;
}

Result Download::Run(Turn& turn) {
  if (const std::uint32_t refused = Switches::Get().refused) {
    return {Outcome::kFailed, Hresult(refused), false};
  }
  // With a content id alone, the service would have to find the content.
  if (turn.source.url.empty()) return {Outcome::kFailed, Hresult(DO_E_DOWNLOAD_NO_URI), false};
  if (!turn.integrity_info.empty()) {
    const auto hashes = FetchPieceHashes(turn.integrity_info, turn.http, *turn.stop);
    if (hashes.outcome != Outcome::kDone) return hashes;
  }
  Events events(*this, turn.stop);
  if (turn.stream) {
    StreamTarget target(turn.stream, [this](bool held) { Hold(held); });
    return Fetch(turn.source, target, turn.file, Limits(), turn.http, events, *turn.stop);
  }
  const auto made = MakeTemporaryFile(turn);
  if (made.outcome != Outcome::kDone) return made;
  return Fetch(turn.source, turn.file, Limits(), turn.http, events, *turn.stop);
}

// DOC: DODownloadProperty_LocalPath: a missing path is created,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
// A path that cannot be, or that is not fully qualified, is accepted, and fails once the download
// is in progress, with E_ACCESSDENIED, ERROR_INVALID_NAME or the server's 404: do-client,
// sdk-cpp/tests/download_tests_common.cpp, SimpleDownloadTest_WithMalformedPath. No page says more;
// E_ACCESSDENIED is what a client has where the service runs.
Result Download::MakeTemporaryFile(Turn& turn) {
  auto& path = turn.source.temporary_path;
  if (!path.empty()) return {};
  if (!IsFullyQualified(turn.target)) return {Outcome::kFailed, E_ACCESSDENIED, true};
  MakeFolder(turn.target.substr(0, turn.target.find_last_of(L"\\/")));
  const HRESULT hr = TemporaryFile::Create(turn.target, path);
  if (FAILED(hr)) return {Outcome::kFailed, hr, true};
  const std::lock_guard lock(mutex_);
  record_.source.temporary_path = path;
  Keep();
  return {};
}

void Download::EndTurn(const Turn& turn, const Result& result) {
  const std::lock_guard lock(mutex_);
  busy_ = false;
  if (stop_ == turn.stop) {
    stop_.reset();
    record_.file = turn.file;
    if (record_.state != DODownloadState_Transferring) {
      Keep();
    } else if (result.outcome == Outcome::kDone) {
      Enter(DODownloadState_Transferred);
    } else if (turn.stop->Requested()) {
      Keep();
    } else if (MayPass(result)) {
      const std::uint32_t waiting = Switches::Get().waiting;
      TryAgain(waiting ? Hresult(waiting) : result.error);
    } else {
      Fail(result.error);
    }
  }
  if (std::exchange(again_, false) && WantsTurn()) Enqueue();
  changed_.notify_all();
}

void Download::Hold(bool held) {
  const std::lock_guard lock(mutex_);
  held_ = held;
  changed_.notify_all();
}

}  // namespace dosvc_stand_in
