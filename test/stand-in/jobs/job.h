// SPDX-License-Identifier: MIT
//
// A job: its record, the operations that each state allows, and its transfer.
#pragma once

#include <windows.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "com/pointer.h"
#include "jobs/callback.h"
#include "stand-in/com/hresult.h"
#include "stand-in/jobs/job_notice.h"
#include "stand-in/jobs/record.h"
#include "stand-in/service/lag.h"
#include "stand-in/service/queue.h"
#include "stand-in/transfer/back_off.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

class Service;

class Job final : public Queued, public std::enable_shared_from_this<Job> {
 public:
  using Callback = dosvc::com::ComPtr<dosvc::abi::IBackgroundCopyCallback>;

  Job(JobRecord record, Service& service) : service_(service), record_(std::move(record)) {}

  // Called when the service starts: resumes a transfer that was in progress.
  void TakeUp();

  HRESULT AddFile(FileRecord file, std::size_t& index);
  HRESULT Suspend();
  HRESULT Resume();
  HRESULT Cancel();
  HRESULT Complete();

  // Changes a property, if state and owner allow it. `change` returns the HRESULT.
  HRESULT Change(const std::function<HRESULT(JobRecord&)>& change);
  // The same for a property that is not saved to disk.
  HRESULT ChangeHere(const std::function<HRESULT(JobRecord&)>& change);
  // Returns what `read` returns for the current record.
  template <typename Read>
  auto Look(Read read) const {
    const std::lock_guard lock(mutex_);
    return read(record_);
  }

  HRESULT SetCallback(Callback callback);
  Callback callback() const;

  // The callback to call for an event; null if the client does not want the event, or if it no
  // longer applies.
  Callback CallbackFor(Event event) const;
  void DropCallback(const Callback& callback);

  void SetForeign(bool foreign);
  void DropIfOld();

  void Transfer() override;

 private:
  class Events;
  struct Turn {
    std::shared_ptr<Stop> stop;
    std::size_t files = 0;
  };

  // Fails if the job has ended, or if it belongs to another user.
  HRESULT MayChange() const;
  HRESULT MayResume() const;
  HRESULT SuspendNow();
  HRESULT ResumeNow();
  // Waits until no thread transfers the job.
  void AwaitIdle(std::unique_lock<std::mutex>& lock);
  void StopTransfer(std::unique_lock<std::mutex>& lock);
  void Enter(dosvc::abi::BG_JOB_STATE state);
  bool Keep();
  void Enqueue(std::chrono::milliseconds after = {});
  void Tell(Event event);
  HRESULT PublishFiles();
  void End(dosvc::abi::BG_JOB_STATE state);

  bool BeginTurn(Turn& turn);
  bool TransferFile(std::size_t index, const Turn& turn);
  void TakeDown(std::size_t index, HRESULT error);
  void Fail(std::size_t index, HRESULT error);
  void Retry(std::size_t index, HRESULT error);
  void EndTurn();

  Service& service_;
  Lag lag_;  // of Suspend and Resume
  mutable std::mutex mutex_;
  JobRecord record_;  // guarded by mutex_, like all members below
  Callback callback_;
  std::condition_variable idle_;
  bool busy_ = false;  // a thread of the queue transfers it
  std::shared_ptr<Stop> stop_;
  BackOff back_off_{std::chrono::milliseconds(250), std::chrono::milliseconds(60'000)};
};

}  // namespace dosvc_stand_in
