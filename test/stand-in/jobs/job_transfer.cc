// SPDX-License-Identifier: MIT
//
// A job's turn to transfer, on one of the queue's threads.

#include <algorithm>

#include "stand-in/control/switches.h"
#include "stand-in/jobs/job.h"
#include "stand-in/service/clock.h"
#include "stand-in/service/service.h"
#include "stand-in/service/user_agent.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

// If the state on disk is slightly out of date, the only cost is that some bytes are sent again.
constexpr Ticks kBetweenSaves = kTicksPerSecond / 20;

constexpr std::uint32_t kForbidden = 0x80190193;

// DOC: microsoft/msix-packaging#677: a request is for 1 MB at most.
constexpr std::uint64_t kLongestPiece = 1024 * 1024;

}  // namespace

// Handles the events of a transfer, on the thread of the turn.
class Job::Events final : public TransferEvents {
 public:
  Events(Job& job, std::size_t index) : job_(job), index_(index) {}

  void Answered(const FileState& state, const std::wstring& headers) override {
    const std::lock_guard lock(job_.mutex_);
    auto& file = job_.record_.files[index_];
    file.state = state;
    file.response_headers = headers;
    job_.Keep();
  }

  void Progressed(const FileState& state) override {
    const std::lock_guard lock(job_.mutex_);
    auto& file = job_.record_.files[index_];
    file.state = state;
    // DOC: IBackgroundCopyJob::SetNoProgressTimeout: "If there is progress, the timer is reset",
    // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-setnoprogresstimeout
    if (file.furthest.Passed(state)) {
      job_.record_.progressed = Now();
      job_.back_off_.Reset();
    }
    if (Now() - kept_ >= kBetweenSaves) {
      kept_ = Now();
      job_.Keep();
    }
    job_.Tell(Event::kModification);
  }

  bool NetworkLost() override { return Switches::Get().network_lost != 0; }

 private:
  Job& job_;
  const std::size_t index_;
  Ticks kept_ = 0;
};

void Job::Transfer() {
  Turn turn;
  if (!BeginTurn(turn)) return;
  bool whole = true;
  for (std::size_t i = 0; whole && i < turn.files; ++i) whole = TransferFile(i, turn);
  EndTurn();
}

bool Job::BeginTurn(Turn& turn) {
  std::unique_lock lock(mutex_);
  const auto waits = [this] {
    return record_.state == BG_JOB_STATE_QUEUED || record_.state == BG_JOB_STATE_TRANSIENT_ERROR;
  };
  // The job has changed state since this turn was queued.
  if (!waits()) return false;
  AwaitIdle(lock);
  if (!waits()) return false;
  busy_ = true;
  stop_ = turn.stop = std::make_shared<Stop>();
  turn.files = record_.files.size();
  if (record_.state == BG_JOB_STATE_TRANSIENT_ERROR &&
      Now() - record_.progressed >= NoProgressTimeout(record_) * kTicksPerSecond) {
    // DOC: IBackgroundCopyJob::SetNoProgressTimeout, Remarks, as above.
    const auto file = record_.error.file.value_or(0);
    Fail(file, Hresult(DO_E_DOWNLOAD_NO_PROGRESS));
    turn.files = 0;
    return true;
  }
  // The error object is available until the job transfers data again.
  // DOC: IBackgroundCopyJob::GetError,
  // learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-geterror
  record_.error = {};
  // CONNECTING is not supported.
  // DOC: BG_JOB_STATE, learn.microsoft.com/windows/win32/delivery_optimization/bg-job-state-
  Enter(BG_JOB_STATE_TRANSFERRING);
  return true;
}

// Returns whether the turn continues with the next file.
bool Job::TransferFile(std::size_t index, const Turn& turn) {
  FileSource source;
  FileState state;
  {
    const std::lock_guard lock(mutex_);
    const auto& file = record_.files[index];
    if (file.transferred) return true;
    source = file.source;
    state = file.state;
  }
  Result result;
  if (const std::uint32_t refused = Switches::Get().refused) {
    result = {Outcome::kFailed, Hresult(refused), false};
  } else if (source.url.empty()) {
    result = {Outcome::kFailed, Hresult(DO_E_DOWNLOAD_NO_URI), false};
  } else {
    Events events(*this, index);
    HttpOptions options;
    options.user_agent = kUserAgent;
    // DOC: MicrosoftDocs/msix-docs#188, #445 and #459: a job asks for the size first, and then for
    // ranges of the file, even of a small one that is wanted whole.
    source.by_range = source.asks_size = true;
    source.known_size = service_.sizes().Find(source.url);
    source.longest_piece = kLongestPiece;
    result = Fetch(source, state, Limits(), options, events, *turn.stop);
  }
  const std::lock_guard lock(mutex_);
  auto& file = record_.files[index];
  file.state = state;
  if (result.outcome == Outcome::kDone) {
    file.transferred = true;
    service_.sizes().Remember(source.url, state.remote_size);
    Keep();
    return true;
  }
  if (turn.stop->Requested() || result.outcome == Outcome::kStopped) {
    Keep();
  } else if (result.outcome == Outcome::kTransient) {
    Retry(index, result.error);
  } else {
    Fail(index, result.error);
  }
  return false;
}

void Job::EndTurn() {
  const std::lock_guard lock(mutex_);
  const bool whole = std::all_of(record_.files.begin(), record_.files.end(), [](const auto& file) {
    return file.transferred;
  });
  if (record_.state == BG_JOB_STATE_TRANSFERRING) {
    if (whole) {
      record_.transferred = Now();
      Enter(BG_JOB_STATE_TRANSFERRED);
      Tell(Event::kTransferred);
    } else if (!stop_->Requested()) {
      // A file was added meanwhile.
      record_.state = BG_JOB_STATE_QUEUED;
      Enqueue();
    }
  }
  stop_.reset();
  busy_ = false;
  idle_.notify_all();
}

// DOC: IBackgroundCopyCallback::JobError, Remarks: REMOTE_FILE for HTTP 403, otherwise NONE.
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback-joberror-method
void Job::TakeDown(std::size_t index, HRESULT error) {
  const bool forbidden = error == Hresult(kForbidden);
  record_.error = {error,
                   forbidden ? BG_ERROR_CONTEXT_REMOTE_FILE : BG_ERROR_CONTEXT_NONE,
                   index,
                   L"The transfer of " + record_.files[index].source.url + L" failed."};
}

void Job::Fail(std::size_t index, HRESULT error) {
  TakeDown(index, error);
  Enter(BG_JOB_STATE_ERROR);
  if (!Switches::Get().silent_errors) Tell(Event::kError);
}

// JobError is not called for a transient error.
// DOC: IBackgroundCopyCallback::JobError, Remarks, as above.
void Job::Retry(std::size_t index, HRESULT error) {
  TakeDown(index, error);
  Enter(BG_JOB_STATE_TRANSIENT_ERROR);
  const Ticks end = record_.progressed + NoProgressTimeout(record_) * kTicksPerSecond;
  const Ticks left = std::max(end, Now()) - Now();
  const std::chrono::milliseconds until_end(left / (kTicksPerSecond / 1000) + 1);
  Enqueue(std::min(back_off_.Next(), until_end));
}

}  // namespace dosvc_stand_in
