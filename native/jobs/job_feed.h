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
    // The flags were set by hand: they are neither widened any more nor put back.
    bool keep_flags = false;
    std::chrono::milliseconds poll{2000};
  };

  JobFeed(std::shared_ptr<com::ComEngine> engine,
          const GUID& id,
          std::shared_ptr<com::ComObject> job);
  ~JobFeed() override;

  void Add(const Subscriber& subscriber);  // [COM] on the strand
  // [COM] on the strand: goes on with an object of the job that was had again.
  void Follow(std::shared_ptr<com::ComObject> job);
  void Remove(SubscriptionId number);              // [COM] on the strand
  IUnknown* sink() const { return sink_->get(); }  // [any]

  void OnCallback(Callback callback, abi::IBackgroundCopyError* error);  // [RPC]
  Time Tick(Time now) override;                                          // [clock]

 private:
  friend std::shared_ptr<JobFeed> MakeJobFeed(std::shared_ptr<com::ComEngine>,
                                              const GUID&,
                                              std::shared_ptr<com::ComObject>);

  // What could not be done about the job.
  struct Trouble {
    const char* operation = nullptr;
    HRESULT hr = S_OK;
  };
  // What one look at the job found.
  struct Look {
    com::ComObject::Starts starts;
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
    com::ComObject::Starts entered;  // as they were when its state was entered
    HRESULT last_trouble = S_OK;
    int troubled = 0;  // how many looks in a row ended in it
  };

  HRESULT Job(com::ComPtr<abi::IBackgroundCopyJob>* job);
  void Hook(abi::IBackgroundCopyJob* job);
  void HookAgain();
  void Widen(abi::IBackgroundCopyJob* job, const Subscriber& subscriber);
  void ReadFlags(abi::IBackgroundCopyJob* job);
  void Refuse(abi::IBackgroundCopyJob* job, const char* operation, HRESULT hr);
  void Unhook();
  void PostRead();
  void Read();
  void LookAndTell(const Noted& noted);
  // Trouble where not even the state could be read.
  Trouble LookAt(const Noted& noted, Look* look);
  bool Entered(const Seen& seen, const Look& look) const;
  void Tell(Seen& seen, const Look& look, bool modified);
  void Complain(SubscriptionId number,
                const char* kind,
                const Trouble& trouble,
                bool lasts = false);
  void PlanPoll();

  const std::shared_ptr<com::ComEngine> engine_;
  const GUID id_;
  std::unique_ptr<const com::SinkOwner> sink_;  // set once, before anybody else knows the feed

  // On the strand only.
  std::shared_ptr<com::ComObject> job_;
  std::vector<Seen> seen_;
  bool hooked_ = false;
  std::vector<Trouble> refused_;  // what the service does not take for its calls back
  bool by_hand_ = false;          // the flags were set by hand
  std::optional<ULONG> before_;   // the flags that stood there; none where they are not ours to set
  ULONG flags_ = 0;               // the flags that we set
  abi::BG_JOB_PROGRESS progress_{};

  Mutex mu_;
  Noted noted_;               // guarded by mu_
  bool read_posted_ = false;  // guarded by mu_
  Time next_poll_ = kNever;   // guarded by mu_
};

// [COM]
std::shared_ptr<JobFeed> MakeJobFeed(std::shared_ptr<com::ComEngine> engine,
                                     const GUID& id,
                                     std::shared_ptr<com::ComObject> job);

}  // namespace dosvc::jobs
