// SPDX-License-Identifier: MIT
//
// What is told of one job in one environment: one sink and one slow poll for all its subscriptions,
// whichever of the job's objects they were made on, because a service keeps only the last notify
// interface that was set. A callback and the poll do the same: read the state on the strand, and
// put what changed into the mailbox. So callbacks may come twice, late or never.
#pragma once

#include <windows.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "com/com_engine.h"
#include "com/pointer.h"
#include "com/sink.h"
#include "core/clock.h"
#include "core/sync.h"
#include "jobs/job.h"

namespace dosvc::jobs {

class JobFeed : public Object, public Timed, public std::enable_shared_from_this<JobFeed> {
 public:
  enum class Callback { kTransferred, kError, kModification };

  struct Subscriber {
    SubscriptionId number = 0;
    std::uint32_t notify_flags = 0;  // BG_NOTIFY_*
    // What it wants to be told.
    bool state = false;
    bool progress = false;
    bool modification = false;
    // The flags were set by hand: what stands now is not put back.
    bool keep_flags = false;
    std::chrono::milliseconds poll{2000};
  };

  JobFeed(std::shared_ptr<com::ComEngine> engine, std::shared_ptr<com::ComObject> job);

  void Add(const Subscriber& subscriber);  // [COM] on the strand
  void Remove(SubscriptionId number);      // [COM] on the strand
  IUnknown* sink() const;                  // [COM] on the strand; null before the first Add

  void OnCallback(Callback callback, abi::IBackgroundCopyError* error);  // [RPC]
  Time Tick(Time now) override;                                          // [clock]

 private:
  // What one look at the job found.
  struct Look {
    abi::BG_JOB_STATE state{};
    abi::BG_JOB_PROGRESS progress{};
    Value error;
  };
  // What came since the last look.
  struct Noted {
    bool modified = false;
    com::ComPtr<abi::IBackgroundCopyError> error;
  };
  struct Seen {
    Subscriber subscriber;
    std::optional<Look> last;
  };

  HRESULT Job(com::ComPtr<abi::IBackgroundCopyJob>* job);
  void Hook(const Subscriber& subscriber);
  void Unhook();
  void Read();
  HRESULT LookAt(abi::IBackgroundCopyJob* job, const Noted& noted, Look* look);
  void Tell(Seen& seen, const Look& look, bool modified);
  void Complain(SubscriptionId number, const char* kind, const char* operation, HRESULT hr);
  void PlanPoll();

  const std::shared_ptr<com::ComEngine> engine_;
  const std::shared_ptr<com::ComObject> job_;

  // On the strand only.
  std::vector<Seen> seen_;
  std::unique_ptr<com::SinkOwner> sink_;
  ULONG flags_before_ = 0;
  ULONG flags_set_ = 0;
  HRESULT last_failure_ = S_OK;

  Mutex mu_;
  Noted noted_;               // guarded by mu_
  bool read_posted_ = false;  // guarded by mu_
  Time next_poll_ = kNever;   // guarded by mu_
};

// [COM]
std::shared_ptr<JobFeed> MakeJobFeed(std::shared_ptr<com::ComEngine> engine,
                                     std::shared_ptr<com::ComObject> job);

}  // namespace dosvc::jobs
